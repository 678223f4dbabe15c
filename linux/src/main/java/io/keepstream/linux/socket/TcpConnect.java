package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A TCP connection in the making, for who wants to use it; {@link TcpProber} only wants to know.
 */
public final class TcpConnect implements AutoCloseable {
  /** Takes what came of it. */
  public interface Outcome {
    /** It is there; the number is an open descriptor, to be closed by whoever takes it. */
    void connected(int fd);

    /** It could not be made; {@code errno} is the positive error number. */
    void failed(int errno);
  }

  private final Libc libc;
  private final ProbeTarget target;
  private final Outcome outcome;
  private Fd fd;
  private FdChannel channel;
  private boolean done;

  private TcpConnect(Libc libc, ProbeTarget target, Outcome outcome) {
    this.libc = libc;
    this.target = target;
    this.outcome = outcome;
  }

  /**
   * Starts to connect, on the loop's thread. There is no time limit here: the caller closes this
   * when it has waited long enough.
   *
   * @param outcome told once on the loop, never before this method has returned
   */
  public static TcpConnect open(Libc libc, IoEventLoop loop, ProbeTarget target, Outcome outcome) {
    TcpConnect connect = new TcpConnect(libc, target, outcome);
    int errno = connect.start(loop);
    if (errno != Errno.EINPROGRESS) {
      loop.execute(() -> connect.finish(errno));
    }
    return connect;
  }

  /** Gives up, on the loop's thread: closes the socket, and no result will be told. */
  @Override
  public void close() {
    done = true;
    if (channel != null) {
      channel.close();
    }
  }

  private int start(IoEventLoop loop) {
    try (SocketSetup setup =
        SocketSetup.open(libc, target.family(), SocketConstants.SOCK_STREAM, 0)) {
      target.apply(setup);
      fd = setup.fd();
      int errno = tryConnect();
      if (errno == Errno.EINPROGRESS || errno == 0) {
        channel = FdChannel.open(loop, setup.finish(), Interest.WRITE, new WhenWritable());
      }
      return errno;
    } catch (ErrnoException e) {
      return e.errno();
    }
  }

  private void finish(int errno) {
    if (done) {
      return;
    }
    if (errno == 0) {
      done = true;
      outcome.connected(channel.release());
    } else {
      close();
      outcome.failed(errno);
    }
  }

  private int tryConnect() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sockaddr = arena.allocate(Sockaddr.SOCKADDR_IN6_LENGTH);
      return -target.connect(libc, fd.number(), sockaddr);
    }
  }

  private final class WhenWritable implements FdChannel.Handler {
    /**
     * Asks by connecting once more. SO_ERROR alone would take an event that was meant for an
     * earlier socket with the same number, closed in the same round of the loop, for success.
     */
    @Override
    public void onWritable() {
      int errno = tryConnect();
      switch (errno) {
        case Errno.EALREADY, Errno.EINPROGRESS -> {}
        case Errno.EISCONN -> finish(0);
        default -> finish(errno);
      }
    }

    @Override
    public void onError(Throwable cause) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
    }
  }
}
