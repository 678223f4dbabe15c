package io.keepstream.election.edge;

import io.keepstream.election.bfd.Bfd;
import io.keepstream.election.bfd.ControlPacket;
import io.keepstream.election.bfd.ControlPacketCodec;
import io.keepstream.election.config.BfdConfig;
import io.keepstream.election.config.BfdConfig.Ends;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.OutgoingPacket;
import io.keepstream.linux.socket.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/** Sends one session's packets, from a port that no other session has (RFC 5881 section 4). */
final class BfdSender implements AutoCloseable {
  /** CS6, internetwork control. */
  private static final int TRAFFIC_CLASS = 0xC0;

  private static final int TRIES = 100;
  private static final InetAddress ANY_IPV4 = InetAddress.ofLiteral("0.0.0.0");
  private static final InetAddress ANY_IPV6 = InetAddress.ofLiteral("::");

  private final UdpSocket socket;
  private final int port;
  private final OutgoingPacket packet;

  private BfdSender(UdpSocket socket, int port, OutgoingPacket packet) {
    this.socket = socket;
    this.port = port;
    this.packet = packet;
  }

  /**
   * Opens a sender.
   *
   * @param interfaceIndex where a link-local source lives, else 0
   * @param wantedPort the port to use if it is free; 0 for any
   * @param random picks the port; must not be guessable
   */
  static BfdSender open(
      Libc libc, BfdConfig config, int interfaceIndex, int wantedPort, RandomGenerator random)
      throws ErrnoException {
    int port = wantedPort == 0 ? anyPort(random) : wantedPort;
    for (int tries = 1; ; tries++) {
      try {
        UdpSocket socket =
            UdpSocket.openSender(
                libc,
                source(config.ends(), port),
                interfaceIndex,
                config.hopLimit(),
                TRAFFIC_CLASS);
        return new BfdSender(socket, port, packet(config.ends(), interfaceIndex));
      } catch (ErrnoException e) {
        if (e.errno() != Errno.EADDRINUSE || tries == TRIES) {
          throw e;
        }
        port = anyPort(random);
      }
    }
  }

  private static int anyPort(RandomGenerator random) {
    return random.nextInt(Bfd.FIRST_SOURCE_PORT, Bfd.LAST_SOURCE_PORT + 1);
  }

  private static InetSocketAddress source(Ends ends, int port) {
    InetAddress any = ends.ipv6() ? ANY_IPV6 : ANY_IPV4;
    return new InetSocketAddress(ends.source() == null ? any : ends.source(), port);
  }

  private static OutgoingPacket packet(Ends ends, int interfaceIndex) {
    int port = ends.multihop() ? Bfd.MULTIHOP_PORT : Bfd.SINGLE_HOP_PORT;
    InetSocketAddress neighbor = new InetSocketAddress(ends.neighbor(), port);
    return new OutgoingPacket(Bfd.PACKET_BYTES, neighbor, interfaceIndex);
  }

  int port() {
    return port;
  }

  /** Sends; the length sent or a negative error number. */
  int send(ControlPacket control) {
    ControlPacketCodec.encode(control, packet.payload());
    return socket.send(packet, Bfd.PACKET_BYTES);
  }

  @Override
  public void close() {
    socket.close();
  }
}
