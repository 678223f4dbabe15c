package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.SocketConstants;
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
  private final IoEventLoop loop;
  private final Datagram room = new Datagram(PIECE_BYTES);
  private final Listener listener;
  private TcpConnect connecting;
  private Fd fd;
  private FdChannel channel;
  private boolean connected;
  private boolean closed;

  private TcpStream(Libc libc, IoEventLoop loop, Listener listener) {
    this.libc = libc;
    this.loop = loop;
    this.listener = listener;
  }

  /** Starts to connect. The listener is not called before this has returned. */
  public static TcpStream connect(
      Libc libc, IoEventLoop loop, ProbeTarget target, Listener listener) {
    TcpStream stream = new TcpStream(libc, loop, listener);
    stream.connecting = TcpConnect.open(libc, loop, target, stream.new Opening());
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
    connecting.close();
    if (channel != null) {
      channel.close();
    }
  }

  private void listen(int number) {
    fd = new Fd(libc, number);
    try {
      channel = FdChannel.open(loop, fd, Interest.READ, new Handler());
      connected = true;
      listener.onConnected();
    } catch (ErrnoException e) {
      fd.close();
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

  private final class Opening implements TcpConnect.Outcome {
    @Override
    public void connected(int number) {
      listen(number);
    }

    @Override
    public void failed(int errno) {
      listener.onError(errno);
    }
  }

  private final class Handler implements FdChannel.Handler {
    @Override
    public void onReadable() {
      read();
    }

    @Override
    public void onError(Throwable cause) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
    }
  }
}
