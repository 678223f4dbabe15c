package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.MessageHeader;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.IpAddresses;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A packet that is built once and sent any number of times: its payload, where it goes and, if so
 * wanted, where it says it comes from. The payload may be changed between two sends.
 */
public final class OutgoingPacket {
  private static final int IN_PKTINFO_LENGTH = 12;
  private static final int IN_PKTINFO_SPEC_DST = 4;
  private static final int IN6_PKTINFO_LENGTH = 20;
  private static final int IN6_PKTINFO_IFINDEX = 16;
  private static final int CONTROL_CAPACITY = 64;

  private final MessageHeader message;

  /**
   * A packet whose source address the kernel chooses, or that brings its own IPv4 header.
   *
   * @param capacity the longest payload, in bytes
   * @param interfaceIndex where a multicast or link-local IPv6 destination lives, else 0
   */
  public OutgoingPacket(int capacity, InetAddress destination, int interfaceIndex) {
    this(capacity, new InetSocketAddress(destination, 0), interfaceIndex);
  }

  /** As the other, with a destination port, for UDP. */
  public OutgoingPacket(int capacity, InetSocketAddress destination, int interfaceIndex) {
    message = new MessageHeader(capacity, CONTROL_CAPACITY);
    message.setNameLength(
        Sockaddr.inet(
            message.name(), destination.getAddress(), destination.getPort(), interfaceIndex));
  }

  /** Has the kernel send from {@code source} through an interface (IP_PKTINFO, IPV6_PKTINFO). */
  public OutgoingPacket from(InetAddress source, int interfaceIndex) {
    MemorySegment control = message.control();
    if (source instanceof Inet4Address) {
      int data =
          message.putControl(
              SocketConstants.IPPROTO_IP, SocketConstants.IP_PKTINFO, IN_PKTINFO_LENGTH);
      Bytes.putHostU32(control, data, interfaceIndex);
      IpAddresses.write(source, control, data + IN_PKTINFO_SPEC_DST);
    } else {
      int data =
          message.putControl(
              SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_PKTINFO, IN6_PKTINFO_LENGTH);
      IpAddresses.write(source, control, data);
      Bytes.putHostU32(control, data + IN6_PKTINFO_IFINDEX, interfaceIndex);
    }
    return this;
  }

  /** Has an IPv6 packet leave with this hop limit, whatever its socket's is (IPV6_HOPLIMIT). */
  public OutgoingPacket hopLimit(int hops) {
    int data =
        message.putControl(
            SocketConstants.IPPROTO_IPV6, SocketConstants.IPV6_HOPLIMIT, Integer.BYTES);
    Bytes.putHostU32(message.control(), data, hops);
    return this;
  }

  /** Where to write the payload, from offset 0. */
  public MemorySegment payload() {
    return message.payload();
  }

  /** Sends the first {@code length} bytes of the payload; that many or a negative error number. */
  int send(Libc libc, Fd fd, int length) {
    message.setPayloadLength(length);
    return (int) libc.sendmsg(fd.number(), message.segment(), SocketConstants.MSG_DONTWAIT);
  }
}
