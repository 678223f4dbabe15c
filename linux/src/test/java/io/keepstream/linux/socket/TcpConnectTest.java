package io.keepstream.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.Loop;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class TcpConnectTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress LOOPBACK6 = InetAddress.ofLiteral("::1");

  private final Libc libc = new ForeignLibc();
  @AutoClose private final Loop loop = new Loop();
  private final List<Integer> results = new CopyOnWriteArrayList<>();

  private TcpConnect connect(ProbeTarget target, IntConsumer result) {
    return TcpConnect.open(libc, loop.io(), target, new Closing(result));
  }

  /** Closes what it is given; the result is 0 or an error number. */
  private final class Closing implements TcpConnect.Outcome {
    private final IntConsumer result;

    Closing(IntConsumer result) {
      this.result = result;
    }

    @Override
    public void connected(int fd) {
      libc.close(fd);
      result.accept(0);
    }

    @Override
    public void failed(int errno) {
      result.accept(errno);
    }
  }

  private int result(ProbeTarget target) throws Exception {
    results.clear();
    loop.call(() -> connect(target, results::add));
    Await.until("result", () -> !results.isEmpty());
    return results.getFirst();
  }

  private static ServerSocket listen(InetAddress address) throws IOException {
    return new ServerSocket(0, 50, address);
  }

  @Test
  void connectsWhereSomebodyListens() throws Exception {
    for (InetAddress address : List.of(LOOPBACK, LOOPBACK6)) {
      try (ServerSocket server = listen(address)) {
        assertThat(result(new ProbeTarget(addressOf(server)))).isZero();
        try (Socket accepted = server.accept()) {
          assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void handsAConnectionOverInsteadOfClosingIt() throws Exception {
    try (ServerSocket server = listen(LOOPBACK)) {
      ProbeTarget target = new ProbeTarget(addressOf(server));
      loop.call(() -> TcpConnect.open(libc, loop.io(), target, new Given()));
      Await.until("a connection", () -> !results.isEmpty());
      try (Socket accepted = server.accept()) {
        accepted.setSoTimeout(100);
        assertThatThrownBy(() -> accepted.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
        assertThat(libc.close(results.getFirst())).isZero();
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  /** Descriptors as they are, errors below zero. */
  private final class Given implements TcpConnect.Outcome {
    @Override
    public void connected(int fd) {
      results.add(fd);
    }

    @Override
    public void failed(int errno) {
      results.add(-errno);
    }
  }

  @Test
  void isRefusedWhereNobodyListens() throws Exception {
    InetSocketAddress closed;
    try (ServerSocket server = listen(LOOPBACK)) {
      closed = addressOf(server);
    }
    assertThat(result(new ProbeTarget(closed))).isEqualTo(Errno.ECONNREFUSED);
  }

  @Test
  void comesFromTheAddressAndPortItIsTold() throws Exception {
    InetAddress source = InetAddress.ofLiteral("127.0.0.77");
    int port;
    try (ServerSocket free = listen(source)) {
      port = free.getLocalPort();
    }
    try (ServerSocket server = listen(LOOPBACK)) {
      ProbeTarget target = new ProbeTarget(addressOf(server)).resetOnClose();
      assertThat(result(target.from(new InetSocketAddress(source, 0)))).isZero();
      try (Socket accepted = server.accept()) {
        assertThat(accepted.getInetAddress()).isEqualTo(source);
      }
      assertThat(result(target.from(new InetSocketAddress(source, port)))).isZero();
      try (Socket accepted = server.accept()) {
        assertThat(accepted.getPort()).isEqualTo(port);
      }
    }
  }

  @Test
  void aFailureToStartIsAResultLikeAnyOther() throws Exception {
    ProbeTarget target = new ProbeTarget(new InetSocketAddress(LOOPBACK, 9)).device("nosuchdevice");
    boolean beforeReturn =
        loop.call(
            () -> {
              connect(target, results::add);
              return !results.isEmpty();
            });
    assertThat(beforeReturn).isFalse();
    Await.until("result", () -> !results.isEmpty());
    assertThat(results).containsExactly(Errno.ENODEV);
  }

  @Test
  void tellsNothingAfterItWasClosed() throws Exception {
    try (ServerSocket server = listen(LOOPBACK)) {
      ProbeTarget target = new ProbeTarget(addressOf(server));
      loop.call(
          () -> {
            connect(target, results::add).close();
            return null;
          });
      assertThat(result(target)).isZero();
      assertThat(results).hasSize(1);
    }
  }

  @Test
  void manyProbesInARowEachTellTheTruth() throws Exception {
    InetSocketAddress closed;
    try (ServerSocket server = listen(LOOPBACK)) {
      closed = addressOf(server);
    }
    try (ServerSocket server = listen(LOOPBACK)) {
      ProbeTarget open = new ProbeTarget(addressOf(server)).resetOnClose();
      ProbeTarget refused = new ProbeTarget(closed);
      for (int i = 0; i < 20; i++) {
        loop.call(
            () -> {
              connect(open, results::add);
              connect(refused, errno -> results.add(-errno));
              return null;
            });
      }
      Await.until("all results", () -> results.size() == 40);
      assertThat(results).filteredOn(result -> result == 0).hasSize(20);
      assertThat(results).filteredOn(result -> result == -Errno.ECONNREFUSED).hasSize(20);
    }
  }

  private static InetSocketAddress addressOf(ServerSocket server) {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }
}
