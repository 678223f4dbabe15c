package io.keepstream.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.RawIpSocket.Family;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@KernelTest
@Timeout(60)
final class FastPathKernelTest {
  private static final int EXPERIMENTAL = 253;
  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 10_000;

  private final Libc libc = new ForeignLibc();
  @AutoClose private final TwoHosts hosts = TwoHosts.create();

  @Test
  void sendingAndReceivingAllocateNextToNothing() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (RawIpSocket socket =
        hosts.here(
            () -> RawIpSocket.open(libc, Family.IPV4, EXPERIMENTAL, RawIpSetup::packetInfo))) {
      OutgoingPacket packet = new OutgoingPacket(64, loopback, 0);
      Datagram datagram = new Datagram(1500);
      rounds(WARM_UP, socket, packet, datagram);

      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      rounds(MEASURED, socket, packet, datagram);
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      // The JDK takes 40 bytes for a native call until its best compiler has seen to that.
      assertThat(bytes / MEASURED).as("bytes allocated per packet").isLessThanOrEqualTo(2 * 40);
      assertThat(datagram.source().inet()).isEqualTo(loopback);
    }
  }

  private static void rounds(
      int count, RawIpSocket socket, OutgoingPacket packet, Datagram datagram) {
    for (int i = 0; i < count; i++) {
      int sent = socket.send(packet, 32);
      int received = socket.receive(datagram);
      if (sent != 32 || received != 32) {
        Await.until("packet " + i, () -> socket.receive(datagram) == 32);
      }
      datagram.source().inet();
    }
  }
}
