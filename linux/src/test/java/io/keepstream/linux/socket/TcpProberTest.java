package io.keepstream.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class TcpProberTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress LOOPBACK6 = InetAddress.ofLiteral("::1");

  private final Libc libc = new ForeignLibc();
  @AutoClose private final Loop loop = new Loop();
  private final TcpProber prober = new TcpProber(libc, loop.io());
  private final List<Integer> results = new CopyOnWriteArrayList<>();

  private TcpProber.Probe probe(ProbeTarget target) throws Exception {
    return loop.call(() -> prober.connect(target, results::add));
  }

  private int result(ProbeTarget target) throws Exception {
    results.clear();
    probe(target);
    Await.until("result of the probe", () -> !results.isEmpty());
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
              prober.connect(target, results::add);
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
            prober.connect(target, results::add).close();
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
              prober.connect(open, results::add);
              prober.connect(refused, errno -> results.add(-errno));
              return null;
            });
      }
      Await.until("all results", () -> results.size() == 40);
      assertThat(results).filteredOn(result -> result == 0).hasSize(20);
      assertThat(results).filteredOn(result -> result == -Errno.ECONNREFUSED).hasSize(20);
    }
  }

  @Test
  void whatWaitsIsClosedWithItsProbe() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, LOOPBACK)) {
      ProbeTarget target = new ProbeTarget(addressOf(deaf)).resetOnClose();
      loop.call(
          () -> {
            List<TcpProber.Probe> probes =
                IntStream.range(0, 200).mapToObj(i -> start(target)).toList();
            probes.forEach(TcpProber.Probe::close);
            return null;
          });
      loop.call(() -> null);
      assertThat(results).isEmpty();
    }
  }

  @Test
  void closedItTellsNothingMore() throws Exception {
    try (ServerSocket server = listen(LOOPBACK)) {
      loop.call(
          () -> {
            start(new ProbeTarget(addressOf(server)));
            prober.close();
            return null;
          });
      loop.call(() -> null);
      assertThat(results).isEmpty();
    }
  }

  private TcpProber.Probe start(ProbeTarget target) {
    return prober.connect(target, results::add);
  }

  private static InetSocketAddress addressOf(ServerSocket server) {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }
}
