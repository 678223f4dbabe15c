package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.MessageHeader;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;

/**
 * A received packet in memory that the next one reuses. IPv4 packets of raw sockets begin with
 * their IP header, at offset 0; all others come without.
 */
public final class Datagram {
  private static final int CONTROL_CAPACITY = 128;
  private static final int IPV4_MIN_HEADER = 20;
  private static final int IPV4_TTL = 8;
  private static final int IPV4_SOURCE = 12;
  private static final int IPV4_DESTINATION = 16;
  private static final int IN_PKTINFO_ADDR = 8;
  private static final int IN6_PKTINFO_IFINDEX = 16;

  private final MessageHeader message;
  private final PacketAddress source = new PacketAddress();
  private final PacketAddress destination = new PacketAddress();
  private int received;
  private int offset;
  private int hopLimit;
  private int interfaceIndex;
  private long arrivedNanos;

  /** Room for packets of up to {@code capacity} bytes, with their IPv4 header. */
  public Datagram(int capacity) {
    message = new MessageHeader(capacity, CONTROL_CAPACITY);
  }

  /** The memory that holds the packet; what lies behind {@link #received} is older. */
  public MemorySegment segment() {
    return message.payload();
  }

  /** Number of bytes received, including an IPv4 header. */
  public int received() {
    return received;
  }

  /** Where the payload begins in {@link #segment}. */
  public int offset() {
    return offset;
  }

  /** Length of the payload in bytes; 0 if an IPv4 header is not whole. */
  public int length() {
    return received - offset;
  }

  /** A copy of the payload. */
  public byte[] payload() {
    return segment().asSlice(offset, length()).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Whether the packet was longer than this datagram's capacity. */
  public boolean truncated() {
    return (message.flags() & SocketConstants.MSG_TRUNC) != 0;
  }

  public PacketAddress source() {
    return source;
  }

  public PacketAddress destination() {
    return destination;
  }

  /** TTL or hop limit as received, -1 if unknown. */
  public int hopLimit() {
    return hopLimit;
  }

  /** The interface the packet came in through, 0 if unknown. */
  public int interfaceIndex() {
    return interfaceIndex;
  }

  /** When the kernel got the packet, in nanoseconds of the wall clock since 1970; 0 if unknown. */
  public long arrivedNanos() {
    return arrivedNanos;
  }

  /** Reads the next packet of a socket; its length or a negative error number. */
  int receive(Libc libc, Fd fd) {
    message.prepareReceive();
    return (int) libc.recvmsg(fd.number(), message.segment(), SocketConstants.MSG_DONTWAIT);
  }

  /** Forgets the last packet's facts. */
  void receivedBytes(int count) {
    received = count;
    offset = 0;
    hopLimit = -1;
    interfaceIndex = 0;
    arrivedNanos = 0;
  }

  void receivedIpv4(int count) {
    receivedBytes(count);
    MemorySegment packet = message.payload();
    int headerLength = count < IPV4_MIN_HEADER ? 0 : (Bytes.u8(packet, 0) & 0xF) * Integer.BYTES;
    if (headerLength < IPV4_MIN_HEADER || headerLength > count) {
      offset = count;
      source.clear();
      destination.clear();
      return;
    }
    offset = headerLength;
    hopLimit = Bytes.u8(packet, IPV4_TTL);
    source.readIpv4(packet, IPV4_SOURCE);
    destination.readIpv4(packet, IPV4_DESTINATION);
    readControl();
  }

  void receivedUdp4(int count) {
    receivedBytes(count);
    source.readIpv4(message.name(), Sockaddr.SIN_ADDR);
    destination.clear();
    readControl();
  }

  void receivedIpv6(int count) {
    receivedBytes(count);
    source.readIpv6(message.name(), Sockaddr.SIN6_ADDR);
    destination.clear();
    readControl();
  }

  private void readControl() {
    MemorySegment control = message.control();
    for (long at = message.firstControl(); at >= 0; at = message.nextControl(at)) {
      long data = at + MessageHeader.CMSG_HDRLEN;
      int level = message.controlLevel(at);
      boolean ipv4 = level == SocketConstants.IPPROTO_IP;
      int type = message.controlType(at);
      if (level == SocketConstants.SOL_SOCKET) {
        if (type == SocketConstants.SO_TIMESTAMPNS) {
          arrivedNanos =
              TimeUnit.SECONDS.toNanos(control.get(Bytes.HOST_LONG, data))
                  + control.get(Bytes.HOST_LONG, data + Long.BYTES);
        }
      } else if (ipv4 && type == SocketConstants.IP_PKTINFO) {
        destination.readIpv4(control, data + IN_PKTINFO_ADDR);
        interfaceIndex = control.get(Bytes.HOST_INT, data);
      } else if (ipv4 && type == SocketConstants.IP_TTL) {
        hopLimit = control.get(Bytes.HOST_INT, data);
      } else if (!ipv4 && type == SocketConstants.IPV6_PKTINFO) {
        destination.readIpv6(control, data);
        interfaceIndex = control.get(Bytes.HOST_INT, data + IN6_PKTINFO_IFINDEX);
      } else if (!ipv4 && type == SocketConstants.IPV6_HOPLIMIT) {
        hopLimit = control.get(Bytes.HOST_INT, data);
      }
    }
  }
}
