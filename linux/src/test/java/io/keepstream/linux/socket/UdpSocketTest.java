package io.keepstream.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.RawIpSocket.Family;
import io.keepstream.linux.wire.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the loopback interface a packet lies in the socket as soon as it is sent. */
class UdpSocketTest {
  private static final int PORT = 47840;

  private final Libc libc = new ForeignLibc();

  @ParameterizedTest
  @CsvSource({
    "IPV4, 127.0.0.2, 127.0.0.3, 255",
    "IPV4, 127.0.0.2, 127.0.0.3, 7",
    "IPV6, ::1, ::1, 254"
  })
  void aPacketArrivesWithAllThatIsKnownOfIt(Family family, String from, String to, int hops)
      throws ErrnoException {
    InetSocketAddress source = new InetSocketAddress(InetAddress.ofLiteral(from), PORT + 1);
    InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral(to), PORT);
    try (UdpSocket receiver = UdpSocket.openReceiver(libc, family, PORT, 1 << 16);
        UdpSocket sender = UdpSocket.openSender(libc, source, 0, hops, 0xC0)) {
      OutgoingPacket packet = new OutgoingPacket(4, target, 0);
      Bytes.putNetU32(packet.payload(), 0, 0x01020304);
      assertThat(sender.send(packet, 4)).isEqualTo(4);

      Datagram datagram = new Datagram(16);
      assertThat(receiver.receive(datagram)).isEqualTo(4);
      assertThat(Bytes.netU32(datagram.segment(), datagram.offset())).isEqualTo(0x01020304);
      assertThat(datagram.source().inet()).isEqualTo(source.getAddress());
      assertThat(datagram.destination().inet()).isEqualTo(target.getAddress());
      assertThat(datagram.hopLimit()).isEqualTo(hops);
      assertThat(datagram.interfaceIndex()).isEqualTo(libc.if_nametoindex("lo"));
      assertThat(receiver.receive(datagram)).isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void aPortInUseIsSaid() throws ErrnoException {
    try (UdpSocket first = UdpSocket.openReceiver(libc, Family.IPV4, PORT, 1 << 16);
        UdpSocket otherFamily = UdpSocket.openReceiver(libc, Family.IPV6, PORT, 1 << 16)) {
      assertThat(first.fd().isOpen() && otherFamily.fd().isOpen()).isTrue();
      assertThatThrownBy(() -> UdpSocket.openReceiver(libc, Family.IPV4, PORT, 1 << 16))
          .isInstanceOf(ErrnoException.class)
          .hasMessageContaining("bind: EADDRINUSE");
    }
  }
}
