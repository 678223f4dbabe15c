package io.keepstream.linux.socket;

import static io.keepstream.linux.libc.SocketConstants.IPPROTO_IP;
import static io.keepstream.linux.libc.SocketConstants.IPPROTO_IPV6;
import static io.keepstream.linux.libc.SocketConstants.SOCK_DGRAM;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.socket.RawIpSocket.Family;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A UDP socket, see udp(7), for protocols that care how many routers a packet has passed: one kind
 * listens and tells TTL or hop limit, destination and interface of what arrives, the other sends
 * from a port of its own. Needs no rights for ports above 1023.
 */
public final class UdpSocket implements PacketReceiver, AutoCloseable {
  private final Libc libc;
  private final Fd fd;
  private final Family family;

  private UdpSocket(Libc libc, Fd fd, Family family) {
    this.libc = libc;
    this.fd = fd;
    this.family = family;
  }

  /**
   * A socket that receives what is sent to {@code port} of any address of one family.
   *
   * @param bufferBytes size of the receive buffer, beyond the system's limit if we may
   */
  public static UdpSocket openReceiver(Libc libc, Family family, int port, int bufferBytes)
      throws ErrnoException {
    try (SocketSetup setup = SocketSetup.open(libc, family.domain(), SOCK_DGRAM, 0)) {
      InetAddress any;
      switch (family) {
        case IPV4 -> {
          setup.option(IPPROTO_IP, SocketConstants.IP_PKTINFO, 1, "IP_PKTINFO");
          setup.option(IPPROTO_IP, SocketConstants.IP_RECVTTL, 1, "IP_RECVTTL");
          any = InetAddress.ofLiteral("0.0.0.0");
        }
        case IPV6 -> {
          setup.option(IPPROTO_IPV6, SocketConstants.IPV6_V6ONLY, 1, "IPV6_V6ONLY");
          setup.option(IPPROTO_IPV6, SocketConstants.IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
          setup.option(IPPROTO_IPV6, SocketConstants.IPV6_RECVHOPLIMIT, 1, "IPV6_RECVHOPLIMIT");
          any = InetAddress.ofLiteral("::");
        }
        default -> throw new IllegalArgumentException(family.name());
      }
      setup.receiveBuffer(bufferBytes);
      bind(setup, new InetSocketAddress(any, port), 0);
      return new UdpSocket(libc, setup.finish(), family);
    }
  }

  /**
   * A socket that only sends.
   *
   * @param source our address and port; the wildcard address lets the kernel choose per packet
   * @param interfaceIndex where a link-local source lives, else 0
   * @param hopLimit TTL or hop limit of what is sent
   * @param trafficClass TOS or traffic class byte of what is sent
   */
  public static UdpSocket openSender(
      Libc libc, InetSocketAddress source, int interfaceIndex, int hopLimit, int trafficClass)
      throws ErrnoException {
    boolean ipv4 = source.getAddress() instanceof Inet4Address;
    Family family = ipv4 ? Family.IPV4 : Family.IPV6;
    try (SocketSetup setup = SocketSetup.open(libc, family.domain(), SOCK_DGRAM, 0)) {
      if (ipv4) {
        setup.option(IPPROTO_IP, SocketConstants.IP_TTL, hopLimit, "IP_TTL");
        setup.option(IPPROTO_IP, SocketConstants.IP_TOS, trafficClass, "IP_TOS");
      } else {
        int option = SocketConstants.IPV6_UNICAST_HOPS;
        setup.option(IPPROTO_IPV6, option, hopLimit, "IPV6_UNICAST_HOPS");
        setup.option(IPPROTO_IPV6, SocketConstants.IPV6_TCLASS, trafficClass, "IPV6_TCLASS");
      }
      setup.dropReceived();
      bind(setup, source, interfaceIndex);
      return new UdpSocket(libc, setup.finish(), family);
    }
  }

  private static void bind(SocketSetup setup, InetSocketAddress address, int interfaceIndex)
      throws ErrnoException {
    MemorySegment sockaddr = setup.allocate(Sockaddr.MAX_LENGTH);
    setup.bind(
        sockaddr, Sockaddr.inet(sockaddr, address.getAddress(), address.getPort(), interfaceIndex));
  }

  public Fd fd() {
    return fd;
  }

  @Override
  public int receive(Datagram datagram) {
    int received = datagram.receive(libc, fd);
    if (received < 0) {
      return received;
    }
    switch (family) {
      case IPV4 -> datagram.receivedUdp4(received);
      case IPV6 -> datagram.receivedIpv6(received);
    }
    return datagram.length();
  }

  /**
   * Sends the first {@code length} bytes of a packet's payload.
   *
   * @return {@code length} or a negative error number
   */
  public int send(OutgoingPacket packet, int length) {
    return packet.send(libc, fd, length);
  }

  @Override
  public void close() {
    fd.close();
  }
}
