package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.EventPoll;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.keepstream.linux.wire.Bytes;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds out whether TCP connections can be made, tens of thousands of times a second: a probe costs
 * five system calls and one small object. All sockets wait in one epoll instance of its own, which
 * the event loop watches; whatever is ready is handled in one go.
 *
 * <p>All methods are called on the loop's thread.
 */
public final class TcpProber implements AutoCloseable {
  /** A probe that was started. */
  public final class Probe implements AutoCloseable {
    private final int fd;
    private final boolean reset;
    private final IntConsumer onResult;
    private int slot = NONE;

    private Probe(int fd, boolean reset, IntConsumer onResult) {
      this.fd = fd;
      this.reset = reset;
      this.onResult = onResult;
    }

    /** Gives up: closes the socket, and no result will be told. */
    @Override
    public void close() {
      if (slot != NONE) {
        remove(this);
        if (fd != NONE) {
          end(fd, false);
        }
      }
    }
  }

  private static final int NONE = -1;
  private static final int LINGER_LENGTH = 8;

  private final Libc libc;
  private final IoEventLoop loop;
  private final MemorySegment linger = Arena.ofAuto().allocate(LINGER_LENGTH, Integer.BYTES);
  private final MemorySegment sockaddr = Arena.ofAuto().allocate(Sockaddr.SOCKADDR_IN6_LENGTH);
  private final MemorySegment error = Arena.ofAuto().allocate(Integer.BYTES, Integer.BYTES);
  private final MemorySegment errorLength = Arena.ofAuto().allocate(Integer.BYTES, Integer.BYTES);

  /** The probes that wait, each in a slot; a slot is told from its earlier uses by its turn. */
  private Probe[] waiting = new Probe[64];

  private int[] turns = new int[waiting.length];
  private int[] free = new int[waiting.length];
  private int freeCount;
  private EventPoll poll;
  private FdChannel channel;

  /** Opens nothing before the first probe. */
  public TcpProber(Libc libc, IoEventLoop loop) {
    this.libc = libc;
    this.loop = loop;
    linger.set(Bytes.HOST_INT, 0, 1);
    for (int slot = waiting.length; slot > 0; slot--) {
      free[freeCount++] = slot - 1;
    }
  }

  /**
   * Starts a probe. There is no time limit here: the caller closes the probe when it has waited
   * long enough.
   *
   * @param onResult called once, never before this method has returned: 0 when connected, else the
   *     positive error number, such as ECONNREFUSED; the socket is closed by then
   */
  public Probe connect(ProbeTarget target, IntConsumer onResult) {
    int fd;
    try {
      fd = open(target);
    } catch (ErrnoException e) {
      return over(e.errno(), onResult);
    }
    int errno = -target.connect(libc, fd, sockaddr);
    if (errno != Errno.EINPROGRESS) {
      end(fd, errno == 0 && target.resetsOnClose());
      return over(errno, onResult);
    }
    Probe probe = new Probe(fd, target.resetsOnClose(), onResult);
    put(probe);
    long data = (long) turns[probe.slot] << Integer.SIZE | probe.slot;
    int added = poll.addOnce(fd, EventPoll.EPOLLOUT, data);
    if (added < 0) {
      probe.close();
      return over(-added, onResult);
    }
    return probe;
  }

  private int open(ProbeTarget target) throws ErrnoException {
    if (poll == null) {
      poll = EventPoll.create(libc);
      channel = FdChannel.open(loop, poll.fd(), Interest.READ, new WhenReady());
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

  /** A probe whose result is there already, and told in a moment unless it is closed before. */
  private Probe over(int errno, IntConsumer onResult) {
    Probe probe = new Probe(NONE, false, onResult);
    put(probe);
    loop.execute(
        () -> {
          if (probe.slot != NONE) {
            remove(probe);
            onResult.accept(errno);
          }
        });
    return probe;
  }

  private void put(Probe probe) {
    if (freeCount == 0) {
      grow();
    }
    int slot = free[--freeCount];
    waiting[slot] = probe;
    probe.slot = slot;
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

  private void remove(Probe probe) {
    waiting[probe.slot] = null;
    turns[probe.slot]++;
    free[freeCount++] = probe.slot;
    probe.slot = NONE;
  }

  @Override
  public void close() {
    for (Probe probe : waiting) {
      if (probe != null) {
        probe.close();
      }
    }
    if (channel != null) {
      channel.close();
    }
  }

  private void settle(Probe probe, boolean failed) {
    int errno = failed ? error(probe.fd) : 0;
    remove(probe);
    end(probe.fd, errno == 0 && probe.reset);
    probe.onResult.accept(errno);
  }

  private void end(int fd, boolean withReset) {
    if (withReset) {
      libc.setsockopt(
          fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_LINGER, linger, LINGER_LENGTH);
    }
    libc.close(fd);
  }

  private int error(int fd) {
    errorLength.set(Bytes.HOST_INT, 0, Integer.BYTES);
    int result =
        libc.getsockopt(
            fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_ERROR, error, errorLength);
    return result < 0 ? -result : error.get(Bytes.HOST_INT, 0);
  }

  private final class WhenReady implements FdChannel.Handler {
    @Override
    public void onReadable() {
      int found;
      do {
        found = poll.poll();
        for (int i = 0; i < found; i++) {
          handle(poll.data(i), poll.failed(i));
        }
      } while (poll.mayHaveMore(found));
    }

    /** An event may be of a socket that was closed since; its slot has another turn by now. */
    private void handle(long data, boolean failed) {
      int slot = (int) data;
      Probe probe = waiting[slot];
      if (probe != null && turns[slot] == (int) (data >> Integer.SIZE)) {
        settle(probe, failed);
      }
    }

    @Override
    public void onError(Throwable cause) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
    }
  }
}
