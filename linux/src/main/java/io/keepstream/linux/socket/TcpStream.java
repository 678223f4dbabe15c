package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A TCP connection for short dialogues: a few lines there and back. It reads as long as its
 * listener keeps it open, in pieces of limited size. To be used on its loop's thread.
 */
public final class TcpStream implements AutoCloseable {
  private static final int PIECE_BYTES = 4096;

  /** So that a flood leaves the loop to timers and other sockets now and then. */
  private static final int PIECES_PER_WAKE_UP = 16;

  /** What happens on a connection. */
  public interface Listener {
    void onConnected();

    void onReceived(byte[] piece);

    /** The other end will send nothing more; the connection is to be closed. */
    void onEnd();

    /** Never connected, or connected no more; a positive error number such as ECONNREFUSED. */
    void onError(int errno);
  }

  private final Libc libc;
  private final ProbeTarget target;
  private final Datagram room = new Datagram(PIECE_BYTES);
  private final Listener listener;
  private Fd fd;
  private FdChannel channel;
  private boolean connected;
  private boolean closed;

  private TcpStream(Libc libc, ProbeTarget target, Listener listener) {
    this.libc = libc;
    this.target = target;
    this.listener = listener;
  }

  /** Starts to connect. The listener is not called before this has returned. */
  public static TcpStream connect(
      Libc libc, IoEventLoop loop, ProbeTarget target, Listener listener) {
    TcpStream stream = new TcpStream(libc, target, listener);
    int errno = stream.start(loop);
    if (errno != Errno.EINPROGRESS) {
      loop.execute(() -> stream.connectEnded(errno));
    }
    return stream;
  }

  /** Sends what is short enough to be sent at once; 0 or a positive error number. */
  public int send(byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      int flags = SocketConstants.MSG_DONTWAIT | SocketConstants.MSG_NOSIGNAL;
      long sent = libc.sendto(fd.number(), segment, bytes.length, flags, MemorySegment.NULL, 0);
      return sent < 0 ? (int) -sent : sent < bytes.length ? Errno.ENOBUFS : 0;
    }
  }

  /** Looks for what has arrived; for who is about to give up. */
  public void drain() {
    if (connected) {
      read();
    }
  }

  /** Nothing is told any more. */
  @Override
  public void close() {
    closed = true;
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
      if (errno == 0 || errno == Errno.EINPROGRESS) {
        channel = FdChannel.open(loop, setup.finish(), Interest.WRITE, new Handler());
        return Errno.EINPROGRESS;
      }
      return errno;
    } catch (ErrnoException e) {
      return e.errno();
    }
  }

  private int tryConnect() {
    return -libc.connect(fd.number(), target.remote(), target.remoteLength());
  }

  private void connectEnded(int errno) {
    if (closed) {
      return;
    }
    if (errno != 0) {
      listener.onError(errno);
      return;
    }
    try {
      channel.interest(Interest.READ);
      connected = true;
      listener.onConnected();
    } catch (ErrnoException e) {
      listener.onError(e.errno());
    }
  }

  private void read() {
    for (int i = 0; i < PIECES_PER_WAKE_UP && !closed; i++) {
      int received = room.receive(libc, fd);
      if (received == -Errno.EAGAIN) {
        return;
      }
      if (received < 0) {
        listener.onError(-received);
        return;
      }
      if (received == 0) {
        listener.onEnd();
        return;
      }
      room.receivedBytes(received);
      listener.onReceived(room.payload());
    }
  }

  private final class Handler implements FdChannel.Handler {
    @Override
    public void onReadable() {
      read();
    }

    /** Asks by connecting once more, as {@link TcpProbeSocket} does. */
    @Override
    public void onWritable() {
      int errno = tryConnect();
      switch (errno) {
        case Errno.EALREADY, Errno.EINPROGRESS -> {}
        case Errno.EISCONN -> connectEnded(0);
        default -> connectEnded(errno);
      }
    }

    @Override
    public void onError(Throwable cause) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
    }
  }
}
