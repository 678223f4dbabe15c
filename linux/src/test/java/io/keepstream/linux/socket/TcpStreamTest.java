package io.keepstream.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.Loop;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class TcpStreamTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int LONG = 100_000;

  private final Libc libc = new ForeignLibc();
  @AutoClose private final Loop loop = new Loop();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger received = new AtomicInteger();

  private TcpStream connect(int port) throws Exception {
    ProbeTarget target = new ProbeTarget(new InetSocketAddress(LOOPBACK, port));
    TcpStream.Listener listener =
        new TcpStream.Listener() {
          @Override
          public void onConnected() {
            heard.add("connected");
          }

          @Override
          public void onReceived(byte[] piece) {
            received.addAndGet(piece.length);
          }

          @Override
          public void onEnd() {
            heard.add("end");
          }

          @Override
          public void onError(int errno) {
            heard.add(Errno.describe(errno).replaceAll("\\W.*", ""));
          }
        };
    return loop.call(() -> TcpStream.connect(libc, loop.io(), target, listener));
  }

  private void hear(String what) {
    Await.until(what, () -> heard.contains(what));
    heard.clear();
  }

  private void close(TcpStream stream) throws Exception {
    loop.call(
        () -> {
          stream.close();
          return null;
        });
  }

  @Test
  void linesGoThereAndBack() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
      TcpStream stream = connect(server.getLocalPort());
      try (Socket client = server.accept()) {
        hear("connected");
        assertThat(loop.call(() -> stream.send(new byte[] {1, 2, 3}))).isZero();
        assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
        client.getOutputStream().write(new byte[LONG]);
        Await.until("all of it", () -> received.get() == LONG);
        client.shutdownOutput();
        Await.until("end", () -> heard.contains("end"));
        close(stream);
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void aResetIsAnError() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
      TcpStream stream = connect(server.getLocalPort());
      Socket client = server.accept();
      hear("connected");
      client.setSoLinger(true, 0);
      client.close();
      hear("ECONNRESET");
      close(stream);
    }
  }

  @Test
  void nobodyListens() throws Exception {
    int closed;
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
      closed = server.getLocalPort();
    }
    TcpStream stream = connect(closed);
    hear("ECONNREFUSED");
    close(stream);
  }

  @Test
  void afterTheEndNothingIsTold() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
      close(connect(server.getLocalPort()));
      try (Socket client = server.accept()) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(heard).isSubsetOf("connected");
    }
  }
}
