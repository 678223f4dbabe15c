package io.keepstream.linux.libc;

import static io.keepstream.linux.libc.NativeFunction.address;

import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * An epoll instance (epoll(7)) for one thread. Each descriptor comes back with the number that it
 * was added with; closing it ends that by itself.
 */
public final class EventPoll {
  public static final int EPOLLIN = 0x1;
  public static final int EPOLLOUT = 0x4;
  public static final int EPOLLRDHUP = 0x2000;
  public static final int EPOLLONESHOT = 1 << 30;
  public static final int EPOLLET = 1 << 31;

  private static final NativeFunction EPOLL_CREATE1 = new NativeFunction("epoll_create1");
  private static final NativeFunction EPOLL_CTL = new NativeFunction("epoll_ctl");
  private static final NativeFunction EPOLL_WAIT = new NativeFunction("epoll_wait");
  private static final int EPOLL_CLOEXEC = 0x80000;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLLERR = 0x8;
  private static final int EPOLLHUP = 0x10;
  private static final int EVENTS = 512;

  /** The kernel packs {@code struct epoll_event} on this architecture only. */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  private static final int DATA = PACKED ? 4 : 8;
  private static final int EVENT_LENGTH = DATA + Long.BYTES;

  private final Fd fd;
  private final MemorySegment added = Arena.ofAuto().allocate(EVENT_LENGTH, Long.BYTES);
  private final MemorySegment events =
      Arena.ofAuto().allocate((long) EVENTS * EVENT_LENGTH, Long.BYTES);

  private EventPoll(Fd fd) {
    this.fd = fd;
  }

  /** A new instance, which is closed by closing its descriptor. */
  public static EventPoll create(Libc libc) throws ErrnoException {
    int number = EPOLL_CREATE1.callInt(EPOLL_CLOEXEC);
    return new EventPoll(new Fd(libc, ErrnoException.check("epoll_create1", number)));
  }

  /** Its own descriptor, readable while {@link #poll} would find something. */
  public Fd fd() {
    return fd;
  }

  /**
   * Waits for {@code events} of a descriptor, or for its failure.
   *
   * @param data what {@link #data} says then
   * @return 0 or a negative error number
   */
  public int add(int number, int events, long data) {
    added.set(Bytes.HOST_INT, 0, events);
    added.set(Bytes.HOST_LONG, DATA, data);
    try {
      return EPOLL_CTL.callInt(fd.number(), EPOLL_CTL_ADD, number, address(added), 0);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** How many descriptors have something to tell now; does not wait. Negative error numbers. */
  public int poll() {
    try {
      return EPOLL_WAIT.callInt(fd.number(), address(events), EVENTS, 0, 0);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The number that the {@code index}-th of the last {@link #poll} was added with. */
  public long data(int index) {
    return events.get(Bytes.HOST_LONG, (long) index * EVENT_LENGTH + DATA);
  }

  /** What has happened to it. */
  public int events(int index) {
    return events.get(Bytes.HOST_INT, (long) index * EVENT_LENGTH);
  }

  /** Whether it has failed, whatever else it is. */
  public static boolean isBroken(int events) {
    return (events & (EPOLLERR | EPOLLHUP)) != 0;
  }

  /** Whether reading would find something: data, the end or an error. */
  public static boolean isReadable(int events) {
    return (events & EPOLLIN) != 0 || hasEnded(events);
  }

  /** Whether nothing more will come than what is there. */
  public static boolean hasEnded(int events) {
    return (events & EPOLLRDHUP) != 0 || isBroken(events);
  }
}
