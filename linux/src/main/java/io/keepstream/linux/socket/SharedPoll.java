package io.keepstream.linux.socket;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.EventPoll;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.keepstream.linux.wire.Bytes;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * TCP sockets that wait in one epoll instance, which the event loop watches: whatever is ready is
 * handled in one go, and a socket is told of to the kernel once. Nothing is opened before the first
 * socket. To be used on the loop's thread.
 */
final class SharedPoll implements AutoCloseable {
  /** A socket, or one to be, with a place here. */
  abstract static class Waiter {
    private int slot = NONE;

    /** Something happened; {@code events} are of epoll_ctl(2). */
    abstract void onReady(int events);

    /** Gives up. */
    abstract void close();

    final boolean isWaiting() {
      return slot != NONE;
    }
  }

  private static final int NONE = -1;

  private final Libc libc;
  private final IoEventLoop loop;
  private final MemorySegment error = Arena.ofAuto().allocate(Integer.BYTES, Integer.BYTES);
  private final MemorySegment errorLength = Arena.ofAuto().allocate(Integer.BYTES, Integer.BYTES);

  /** Who waits, each in a slot; a slot is told from its earlier uses by its turn. */
  private Waiter[] waiting = new Waiter[64];

  private int[] turns = new int[waiting.length];
  private int[] free = new int[waiting.length];
  private int freeCount;
  private EventPoll poll;
  private FdChannel channel;

  SharedPoll(Libc libc, IoEventLoop loop) {
    this.libc = libc;
    this.loop = loop;
    for (int slot = waiting.length; slot > 0; slot--) {
      free[freeCount++] = slot - 1;
    }
  }

  /** A new socket for {@code target}. */
  int open(ProbeTarget target) throws ErrnoException {
    if (poll == null) {
      EventPoll made = EventPoll.create(libc);
      channel = FdChannel.open(loop, made.fd(), Interest.READ, new WhenReady());
      poll = made;
    }
    if (target.isPlain()) {
      int type =
          SocketConstants.SOCK_STREAM
              | SocketConstants.SOCK_NONBLOCK
              | SocketConstants.SOCK_CLOEXEC;
      return ErrnoException.check("socket", libc.socket(target.family(), type, 0));
    }
    try (SocketSetup setup =
        SocketSetup.open(libc, target.family(), SocketConstants.SOCK_STREAM, 0)) {
      target.apply(setup);
      return setup.finish().number();
    }
  }

  /** Gives {@code waiter} a place. */
  void enter(Waiter waiter) {
    if (freeCount == 0) {
      grow();
    }
    waiter.slot = free[--freeCount];
    waiting[waiter.slot] = waiter;
  }

  private void grow() {
    int before = waiting.length;
    waiting = Arrays.copyOf(waiting, 2 * before);
    turns = Arrays.copyOf(turns, 2 * before);
    free = new int[2 * before];
    for (int slot = 2 * before; slot > before; slot--) {
      free[freeCount++] = slot - 1;
    }
  }

  /**
   * Tells {@code waiter}, which has a place, what happens to a socket.
   *
   * @param events of epoll_ctl(2)
   * @return 0 or a positive error number
   */
  int watch(Waiter waiter, int fd, int events) {
    long data = (long) turns[waiter.slot] << Integer.SIZE | waiter.slot;
    return -poll.add(fd, events, data);
  }

  /** Takes the place back; a socket that is watched is to be closed now. */
  void leave(Waiter waiter) {
    waiting[waiter.slot] = null;
    turns[waiter.slot]++;
    free[freeCount++] = waiter.slot;
    waiter.slot = NONE;
  }

  /** What a socket failed of; 0 for nothing. */
  int error(int fd) {
    errorLength.set(Bytes.HOST_INT, 0, Integer.BYTES);
    int result =
        libc.getsockopt(
            fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_ERROR, error, errorLength);
    return result < 0 ? -result : error.get(Bytes.HOST_INT, 0);
  }

  @Override
  public void close() {
    for (Waiter waiter : waiting) {
      if (waiter != null) {
        waiter.close();
      }
    }
    if (channel != null) {
      channel.close();
    }
  }

  private final class WhenReady implements FdChannel.Handler {
    @Override
    public void onReadable() {
      int found = poll.poll();
      for (int i = 0; i < found; i++) {
        handle(poll.data(i), poll.events(i));
      }
    }

    /** An event may be of a socket that was closed since; its slot has another turn by now. */
    private void handle(long data, int events) {
      int slot = (int) data;
      Waiter waiter = waiting[slot];
      if (waiter != null && turns[slot] == (int) (data >> Integer.SIZE)) {
        try {
          waiter.onReady(events);
        } catch (Throwable e) { // what the others were told is told only once
          onError(e);
        }
      }
    }

    @Override
    public void onError(Throwable cause) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
    }
  }
}
