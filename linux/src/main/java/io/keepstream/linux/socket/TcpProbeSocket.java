package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.netty.channel.IoEventLoop;
import java.util.function.IntConsumer;

/**
 * Finds out whether a TCP connection can be made, for as little as it takes: no pipeline, no
 * buffers, one socket that is closed before the result is told, or given away.
 */
public final class TcpProbeSocket implements AutoCloseable {
  /** Takes what came of a connection that is to be used. */
  public interface Outcome {
    /** It is there; the number is an open descriptor, to be closed by whoever takes it. */
    void connected(int fd);

    /** It could not be made; {@code errno} is the positive error number. */
    void failed(int errno);
  }

  private final Libc libc;
  private final ProbeTarget target;
  private final Outcome outcome;
  private final boolean keeping;
  private Fd fd;
  private FdChannel channel;
  private boolean done;

  private TcpProbeSocket(Libc libc, ProbeTarget target, Outcome outcome, boolean keeping) {
    this.libc = libc;
    this.target = target;
    this.outcome = outcome;
    this.keeping = keeping;
  }

  /**
   * Starts a probe, on the loop's thread. There is no time limit here: the caller closes the probe
   * when it has waited long enough.
   *
   * @param onResult called once on the loop, never before this method has returned: 0 when
   *     connected, else the positive error number, such as ECONNREFUSED
   */
  public static TcpProbeSocket connect(
      Libc libc, IoEventLoop loop, ProbeTarget target, IntConsumer onResult) {
    Outcome told =
        new Outcome() {
          @Override
          public void connected(int fd) {
            onResult.accept(0);
          }

          @Override
          public void failed(int errno) {
            onResult.accept(errno);
          }
        };
    return begin(loop, new TcpProbeSocket(libc, target, told, false));
  }

  /** As {@link #connect}, for a connection that is to be used when it could be made. */
  public static TcpProbeSocket open(
      Libc libc, IoEventLoop loop, ProbeTarget target, Outcome outcome) {
    return begin(loop, new TcpProbeSocket(libc, target, outcome, true));
  }

  private static TcpProbeSocket begin(IoEventLoop loop, TcpProbeSocket probe) {
    int errno = probe.start(loop);
    if (errno != Errno.EINPROGRESS) {
      loop.execute(() -> probe.finish(errno));
    }
    return probe;
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
      if (errno == Errno.EINPROGRESS || (errno == 0 && keeping)) {
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
    if (errno == 0 && keeping) {
      done = true;
      outcome.connected(channel.release());
      return;
    }
    close();
    if (errno == 0) {
      outcome.connected(fd.number());
    } else {
      outcome.failed(errno);
    }
  }

  private int tryConnect() {
    return -libc.connect(fd.number(), target.remote(), target.remoteLength());
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
