package io.keepstream.linux.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Between address bytes and {@link InetAddress}, without name service and without scope. */
public final class IpAddresses {
  public static final int IPV4_LENGTH = 4;
  public static final int IPV6_LENGTH = 16;

  private IpAddresses() {}

  /**
   * The address at {@code offset}.
   *
   * @param length 4 or 16; sixteen bytes always make an IPv6 address, even ::ffff:192.0.2.1, which
   *     the JDK would turn into an IPv4 address
   */
  public static InetAddress read(MemorySegment segment, long offset, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
    try {
      return length == IPV6_LENGTH
          ? Inet6Address.getByAddress(null, bytes, -1)
          : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(length + " address bytes", e);
    }
  }

  /** Writes the address in network order and returns its length, 4 or 16. */
  public static int write(InetAddress address, MemorySegment segment, long offset) {
    byte[] bytes = address.getAddress();
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, offset, bytes.length);
    return bytes.length;
  }
}
