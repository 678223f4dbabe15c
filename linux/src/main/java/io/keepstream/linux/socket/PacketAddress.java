package io.keepstream.linux.socket;

import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.IpAddresses;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/**
 * An address of the packet in a {@link Datagram}; changes with the next packet. It can be compared
 * and summed as numbers, without allocation.
 */
public final class PacketAddress {
  private boolean ipv4;
  private long high;
  private long low;
  private InetAddress inet;

  PacketAddress() {
    clear();
  }

  void clear() {
    set(true, 0, 0);
  }

  void readIpv4(MemorySegment segment, long offset) {
    set(true, 0, Bytes.netU32(segment, offset));
  }

  void readIpv6(MemorySegment segment, long offset) {
    set(
        false,
        segment.get(Bytes.NET_LONG, offset),
        segment.get(Bytes.NET_LONG, offset + Long.BYTES));
  }

  private void set(boolean newIpv4, long newHigh, long newLow) {
    if (newIpv4 != ipv4 || newHigh != high || newLow != low) {
      inet = null;
    }
    ipv4 = newIpv4;
    high = newHigh;
    low = newLow;
  }

  public boolean isIpv4() {
    return ipv4;
  }

  /** The first eight bytes of an IPv6 address as a big-endian number, 0 for IPv4. */
  public long high() {
    return high;
  }

  /** The last eight bytes of an IPv6 address, the four bytes of an IPv4 address. */
  public long low() {
    return low;
  }

  /** The address as an object, the same one for as long as packets carry the same address. */
  public InetAddress inet() {
    if (inet == null) {
      MemorySegment bytes = MemorySegment.ofArray(new byte[IpAddresses.IPV6_LENGTH]);
      bytes.set(Bytes.NET_LONG, 0, high);
      bytes.set(Bytes.NET_LONG, Long.BYTES, low);
      int length = ipv4 ? IpAddresses.IPV4_LENGTH : IpAddresses.IPV6_LENGTH;
      inet = IpAddresses.read(bytes, IpAddresses.IPV6_LENGTH - length, length);
    }
    return inet;
  }

  @Override
  public String toString() {
    return inet().getHostAddress();
  }
}
