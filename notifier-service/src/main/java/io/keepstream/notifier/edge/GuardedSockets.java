package io.keepstream.notifier.edge;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Makes sockets that read only so much, also below TLS. A mail client gathers an answer of any
 * length; that of a mail server in disorder may have no end.
 */
final class GuardedSockets extends SocketFactory {
  private final int mostBytes;

  GuardedSockets(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public Socket createSocket() {
    return new Guarded(mostBytes);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
  }

  private Socket connected(SocketAddress remote, SocketAddress local) throws IOException {
    Socket socket = createSocket();
    socket.bind(local);
    socket.connect(remote);
    return socket;
  }

  private static final class Guarded extends Socket {
    private long left;

    Guarded(int mostBytes) {
      left = mostBytes;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          count(1);
          return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int read = super.read(bytes, offset, length);
          count(read);
          return read;
        }
      };
    }

    private void count(int bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new IOException("its answers do not end");
      }
    }
  }
}
