package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.EventPoll;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.wire.Bytes;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;

/**
 * Finds out whether TCP connections can be made, and asks short questions over them, tens of
 * thousands of times a second: a probe costs five system calls and one small object, a question two
 * calls more.
 *
 * <p>All methods are called on the loop's thread.
 */
public final class TcpProber implements AutoCloseable {
  /** A probe that was started. */
  public final class Probe extends SharedPoll.Waiter implements AutoCloseable {
    private final int fd;
    private final boolean reset;
    private final IntConsumer onResult;

    private Probe(int fd, boolean reset, IntConsumer onResult) {
      this.fd = fd;
      this.reset = reset;
      this.onResult = onResult;
    }

    /** Gives up: closes the socket, and no result will be told. */
    @Override
    public void close() {
      if (isWaiting()) {
        sockets.leave(this);
        if (fd != NO_SOCKET) {
          end(fd, false);
        }
      }
    }

    @Override
    void onReady(int events) {
      int errno = EventPoll.isBroken(events) ? sockets.error(fd) : 0;
      sockets.leave(this);
      end(fd, errno == 0 && reset);
      onResult.accept(errno);
    }
  }

  static final int NO_SOCKET = -1;
  private static final int LINGER_LENGTH = 8;

  private final Libc libc;
  private final IoEventLoop loop;
  private final SharedPoll sockets;
  private final MemorySegment linger = Arena.ofAuto().allocate(LINGER_LENGTH, Integer.BYTES);
  private final MemorySegment sockaddr = Arena.ofAuto().allocate(Sockaddr.SOCKADDR_IN6_LENGTH);
  private final TcpBuffer buffer = new TcpBuffer();

  /** Opens nothing before the first probe. */
  public TcpProber(Libc libc, IoEventLoop loop) {
    this.libc = libc;
    this.loop = loop;
    sockets = new SharedPoll(libc, loop);
    linger.set(Bytes.HOST_INT, 0, 1);
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
      fd = sockets.open(target);
    } catch (ErrnoException e) {
      return over(e.errno(), onResult);
    }
    int errno = -target.connect(libc, fd, sockaddr);
    if (errno != Errno.EINPROGRESS) {
      end(fd, errno == 0 && target.resetsOnClose());
      return over(errno, onResult);
    }
    Probe probe = new Probe(fd, target.resetsOnClose(), onResult);
    sockets.enter(probe);
    int refused = sockets.watch(probe, fd, EventPoll.EPOLLOUT | EventPoll.EPOLLONESHOT);
    if (refused != 0) {
      probe.close();
      return over(refused, onResult);
    }
    return probe;
  }

  /** A probe whose result is there already, and told in a moment unless it is closed before. */
  private Probe over(int errno, IntConsumer onResult) {
    Probe probe = new Probe(NO_SOCKET, false, onResult);
    sockets.enter(probe);
    loop.execute(
        () -> {
          if (probe.isWaiting()) {
            sockets.leave(probe);
            onResult.accept(errno);
          }
        });
    return probe;
  }

  /**
   * Asks a question as soon as there is a connection. There is no time limit here either.
   *
   * @param question what to send
   * @param listener not called before this method has returned
   */
  public TcpQuestion ask(ProbeTarget target, byte[] question, TcpQuestion.Listener listener) {
    TcpQuestion asked = new TcpQuestion(this, question, listener);
    asked.start(target);
    return asked;
  }

  Libc libc() {
    return libc;
  }

  IoEventLoop loop() {
    return loop;
  }

  SharedPoll sockets() {
    return sockets;
  }

  TcpBuffer buffer() {
    return buffer;
  }

  int connect(ProbeTarget target, int fd) {
    return -target.connect(libc, fd, sockaddr);
  }

  void end(int fd, boolean withReset) {
    if (withReset) {
      libc.setsockopt(
          fd, SocketConstants.SOL_SOCKET, SocketConstants.SO_LINGER, linger, LINGER_LENGTH);
    }
    libc.close(fd);
  }

  @Override
  public void close() {
    sockets.close();
  }
}
