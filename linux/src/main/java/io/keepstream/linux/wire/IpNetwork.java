package io.keepstream.linux.wire;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Addresses that share their first bits.
 *
 * @param address the bits behind the length are zero
 * @param length 0 to 32 or 0 to 128
 */
public record IpNetwork(InetAddress address, int length) {
  private static final IpNetwork ALL_IPV4 = new IpNetwork(InetAddress.ofLiteral("0.0.0.0"), 0);
  private static final IpNetwork ALL_IPV6 = new IpNetwork(InetAddress.ofLiteral("::"), 0);

  /** All addresses of a family. */
  public static IpNetwork all(boolean ipv6) {
    return ipv6 ? ALL_IPV6 : ALL_IPV4;
  }

  /** Whether it is one of IPv6 addresses. */
  public boolean ipv6() {
    return address instanceof Inet6Address;
  }

  @Override
  public String toString() {
    boolean whole = length == address.getAddress().length * Byte.SIZE;
    return length == 0 ? "default" : address.getHostAddress() + (whole ? "" : "/" + length);
  }
}
