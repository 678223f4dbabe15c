package io.keepstream.linux.socket;

import static io.keepstream.linux.libc.SocketConstants.ETH_P_ARP;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@KernelTest
@Timeout(30)
final class PacketSocketKernelTest {
  private static final String GRATUITOUS_ARP =
      "ffffffffffff0200000000010806" + "0001080006040001020000000001c0000264ffffffffffffc0000264";

  private final Libc libc = new ForeignLibc();
  @AutoClose private final TwoHosts hosts = TwoHosts.create();
  @AutoClose private final Arena arena = Arena.ofConfined();

  @Test
  void aFrameArrivesAsItWasSent() throws Exception {
    int here = hosts.here(() -> libc.if_nametoindex("eth0"));
    int there = hosts.there(() -> libc.if_nametoindex("eth0"));
    MemorySegment frame =
        arena.allocateFrom(ValueLayout.JAVA_BYTE, HexFormat.of().parseHex(GRATUITOUS_ARP));
    int length = (int) frame.byteSize();
    try (PacketSocket sender = hosts.here(() -> PacketSocket.openSender(libc));
        PacketSocket receiver =
            hosts.there(() -> PacketSocket.openReceiver(libc, ETH_P_ARP, there))) {
      assertThat(sender.send(here, frame, length)).isEqualTo(length);

      Datagram datagram = new Datagram(1500);
      Await.until("frame", () -> receiver.receive(datagram) >= 0);
      byte[] received =
          datagram.segment().asSlice(0, datagram.length()).toArray(ValueLayout.JAVA_BYTE);
      assertThat(HexFormat.of().formatHex(received)).isEqualTo(GRATUITOUS_ARP);
    }
  }

  @Test
  void anInterfaceThatIsDownOrGoneIsTold() throws Exception {
    int here = hosts.here(() -> libc.if_nametoindex("eth0"));
    MemorySegment frame = arena.allocate(60);
    try (PacketSocket socket = hosts.here(() -> PacketSocket.openReceiver(libc, ETH_P_ARP, here))) {
      hosts.ip("link", "set", "eth0", "down");
      assertThat(socket.receive(new Datagram(60))).isEqualTo(-Errno.ENETDOWN);
      assertThat(socket.receive(new Datagram(60))).isEqualTo(-Errno.EAGAIN);
      assertThat(socket.send(here, frame, 60)).isEqualTo(-Errno.ENETDOWN);
      assertThat(socket.send(9999, frame, 60)).isEqualTo(-Errno.ENXIO);
    }
  }
}
