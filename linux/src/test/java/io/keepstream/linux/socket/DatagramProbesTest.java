package io.keepstream.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.Loop;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.socket.DatagramProbes.Kind;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class DatagramProbesTest implements DatagramProbes.Listener {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress LOOPBACK6 = InetAddress.ofLiteral("::1");

  @AutoClose private final Loop loop = new Loop();
  private final DatagramProbes probes = new DatagramProbes(new ForeignLibc(), loop.io());
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @Override
  public void onDatagram(byte[] payload) {
    heard.add(payload.length + " bytes");
  }

  @Override
  public void onError(int errno) {
    heard.add(Errno.describe(errno));
  }

  private DatagramProbes.Probe open(InetAddress address, int port) throws Exception {
    ProbeTarget target = new ProbeTarget(new InetSocketAddress(address, port));
    return loop.call(() -> probes.open(Kind.UDP, target, this));
  }

  @Test
  void asksAndHearsItsTargetOnly() throws Exception {
    for (InetAddress address : List.of(LOOPBACK, LOOPBACK6)) {
      heard.clear();
      try (DatagramSocket server = new DatagramSocket(0, address);
          DatagramSocket other = new DatagramSocket(0, address);
          DatagramProbes.Probe probe = open(address, server.getLocalPort())) {
        assertThat(loop.call(() -> probe.send(new byte[5]))).isEqualTo(5);
        DatagramPacket asked = new DatagramPacket(new byte[9], 9);
        server.receive(asked);
        assertThat(asked.getLength()).isEqualTo(5);
        other.send(new DatagramPacket(new byte[3], 3, asked.getSocketAddress()));
        server.send(new DatagramPacket(new byte[0], 0, asked.getSocketAddress()));
        server.send(new DatagramPacket(new byte[2000], 2000, asked.getSocketAddress()));
        Await.until("both answers", () -> heard.size() == 2);
        assertThat(heard).containsExactly("0 bytes", "2000 bytes");
      }
    }
  }

  @Test
  void hearsThatNobodyListens() throws Exception {
    int closed;
    try (DatagramSocket server = new DatagramSocket(0, LOOPBACK)) {
      closed = server.getLocalPort();
    }
    try (DatagramProbes.Probe probe = open(LOOPBACK, closed)) {
      loop.call(() -> probe.send(new byte[5]));
      Await.until("an error", () -> !heard.isEmpty());
      assertThat(heard.getFirst()).startsWith("ECONNREFUSED");
    }
  }

  @Test
  void saysWhichCallFailed() {
    ProbeTarget nowhere =
        new ProbeTarget(new InetSocketAddress(LOOPBACK, 9)).device("no-such-device");
    assertThatThrownBy(() -> loop.call(() -> probes.open(Kind.UDP, nowhere, this)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(ErrnoException.class)
        .hasMessageStartingWith("setsockopt SO_BINDTODEVICE no-such-device: ENODEV");
  }
}
