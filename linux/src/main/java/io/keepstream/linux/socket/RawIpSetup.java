package io.keepstream.linux.socket;

import static io.keepstream.linux.libc.SocketConstants.IPPROTO_IP;
import static io.keepstream.linux.libc.SocketConstants.IPPROTO_IPV6;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.socket.RawIpSocket.Family;
import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.IpAddresses;
import io.keepstream.linux.wire.MacAddress;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/**
 * The options of a raw socket, each set at once and in the order of the calls: the device before
 * groups are joined, {@link #freeBind} before {@link #bind}.
 */
public final class RawIpSetup {
  private static final int IP_MREQN_LENGTH = 12;
  private static final int IP_MREQN_IFINDEX = 8;
  private static final int IPV6_MREQ_LENGTH = 20;
  private static final int IPV6_MREQ_INTERFACE = 16;

  private final SocketSetup setup;
  private final boolean ipv4;

  RawIpSetup(SocketSetup setup, Family family) {
    this.setup = setup;
    this.ipv4 = family == Family.IPV4;
  }

  /** Payloads that are sent begin with an IPv4 header of ours. */
  public RawIpSetup headerIncluded() throws ErrnoException {
    setup.option(IPPROTO_IP, SocketConstants.IP_HDRINCL, 1, "IP_HDRINCL");
    return this;
  }

  /** IPv6: the kernel writes and verifies the checksum at this offset of the payload. */
  public RawIpSetup checksumAt(int offset) throws ErrnoException {
    setup.option(IPPROTO_IPV6, SocketConstants.IPV6_CHECKSUM, offset, "IPV6_CHECKSUM");
    return this;
  }

  /** Sends and receives through this interface only. */
  public RawIpSetup device(String interfaceName) throws ErrnoException {
    setup.bindToDevice(interfaceName);
    return this;
  }

  /** Receives only what comes in Ethernet frames from {@code mac}. */
  public RawIpSetup onlyFrom(MacAddress mac) throws ErrnoException {
    setup.onlyFrom(mac);
    return this;
  }

  /** TTL or hop limit of what is sent, unicast and multicast. */
  public RawIpSetup hopLimit(int hops) throws ErrnoException {
    either(SocketConstants.IP_TTL, SocketConstants.IPV6_UNICAST_HOPS, hops, "hop limit");
    either(
        SocketConstants.IP_MULTICAST_TTL,
        SocketConstants.IPV6_MULTICAST_HOPS,
        hops,
        "multicast hop limit");
    return this;
  }

  /** TOS or traffic class byte of what is sent. */
  public RawIpSetup trafficClass(int value) throws ErrnoException {
    either(SocketConstants.IP_TOS, SocketConstants.IPV6_TCLASS, value, "traffic class");
    return this;
  }

  /** Multicast goes out through this interface and does not come back to this host. */
  public RawIpSetup multicastInterface(int interfaceIndex) throws ErrnoException {
    if (ipv4) {
      MemorySegment request = setup.allocate(IP_MREQN_LENGTH);
      Bytes.putHostU32(request, IP_MREQN_IFINDEX, interfaceIndex);
      setup.option(IPPROTO_IP, SocketConstants.IP_MULTICAST_IF, request, "IP_MULTICAST_IF");
    } else {
      setup.option(
          IPPROTO_IPV6, SocketConstants.IPV6_MULTICAST_IF, interfaceIndex, "IPV6_MULTICAST_IF");
    }
    either(
        SocketConstants.IP_MULTICAST_LOOP,
        SocketConstants.IPV6_MULTICAST_LOOP,
        0,
        "multicast loop");
    return this;
  }

  /** Receives this group on this interface, and no group that only other sockets have joined. */
  public RawIpSetup join(InetAddress group, int interfaceIndex) throws ErrnoException {
    either(
        SocketConstants.IP_MULTICAST_ALL, SocketConstants.IPV6_MULTICAST_ALL, 0, "multicast all");
    MemorySegment request = setup.allocate(ipv4 ? IP_MREQN_LENGTH : IPV6_MREQ_LENGTH);
    IpAddresses.write(group, request, 0);
    Bytes.putHostU32(request, ipv4 ? IP_MREQN_IFINDEX : IPV6_MREQ_INTERFACE, interfaceIndex);
    setup.option(
        ipv4 ? IPPROTO_IP : IPPROTO_IPV6,
        ipv4 ? SocketConstants.IP_ADD_MEMBERSHIP : SocketConstants.IPV6_ADD_MEMBERSHIP,
        request,
        "add membership of " + group.getHostAddress());
    return this;
  }

  /** Allows {@link #bind} to an address that no interface has yet. */
  public RawIpSetup freeBind() throws ErrnoException {
    either(SocketConstants.IP_FREEBIND, SocketConstants.IPV6_FREEBIND, 1, "freebind");
    return this;
  }

  /**
   * Receives only what is sent to this address, a group or one of our own.
   *
   * @param interfaceIndex where a multicast or link-local IPv6 address lives, else 0
   */
  public RawIpSetup bind(InetAddress address, int interfaceIndex) throws ErrnoException {
    MemorySegment sockaddr = setup.allocate(Sockaddr.MAX_LENGTH);
    setup.bind(sockaddr, Sockaddr.inet(sockaddr, address, 0, interfaceIndex));
    return this;
  }

  /** Has the kernel tell each packet's interface and, for IPv6, destination and hop limit. */
  public RawIpSetup packetInfo() throws ErrnoException {
    either(SocketConstants.IP_PKTINFO, SocketConstants.IPV6_RECVPKTINFO, 1, "packet info");
    if (!ipv4) {
      setup.option(IPPROTO_IPV6, SocketConstants.IPV6_RECVHOPLIMIT, 1, "IPV6_RECVHOPLIMIT");
    }
    return this;
  }

  /** Packets come with the time at which they arrived. */
  public RawIpSetup arrivalTimes() throws ErrnoException {
    setup.option(SocketConstants.SOL_SOCKET, SocketConstants.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
    return this;
  }

  /** Size of the receive buffer in bytes, beyond the system's limit if we may. */
  public RawIpSetup receiveBuffer(int bytes) throws ErrnoException {
    setup.receiveBuffer(bytes);
    return this;
  }

  /** Nothing is received, so nothing piles up on a socket that only sends. */
  public RawIpSetup sendOnly() throws ErrnoException {
    setup.dropReceived();
    return this;
  }

  /** Firewall mark of what is sent. */
  public RawIpSetup mark(int mark) throws ErrnoException {
    setup.option(SocketConstants.SOL_SOCKET, SocketConstants.SO_MARK, mark, "SO_MARK");
    return this;
  }

  /** Any other option whose value is an int. */
  public RawIpSetup option(int level, int option, int value) throws ErrnoException {
    setup.option(level, option, value, level + "/" + option);
    return this;
  }

  private void either(int ipv4Option, int ipv6Option, int value, String name)
      throws ErrnoException {
    setup.option(ipv4 ? IPPROTO_IP : IPPROTO_IPV6, ipv4 ? ipv4Option : ipv6Option, value, name);
  }
}
