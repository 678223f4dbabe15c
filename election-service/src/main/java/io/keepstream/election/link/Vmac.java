package io.keepstream.election.link;

import io.keepstream.linux.wire.MacAddress;
import java.util.OptionalInt;

/**
 * An interface with a virtual MAC, as it is wanted.
 *
 * @param name its name
 * @param base the interface it sits on
 * @param mac its link-layer address
 * @param ipv6 whether it is for IPv6; else it is for IPv4 and has no IPv6 at all
 * @param group its interface group; that of the base if empty
 * @param notifyBase whether the kernel is to tell of the base once more after the creation
 */
public record Vmac(
    String name, String base, MacAddress mac, boolean ipv6, OptionalInt group, boolean notifyBase) {
  private static final long IPV4_PREFIX = 0x0000_5E00_0100L;
  private static final long IPV6_PREFIX = 0x0000_5E00_0200L;
  private static final long VRID_MASK = 0xFF;

  /** The virtual router MAC address of RFC 9568 section 7.3. */
  public static MacAddress standardMac(int vrid, boolean ipv6) {
    return new MacAddress((ipv6 ? IPV6_PREFIX : IPV4_PREFIX) | vrid);
  }

  /** Whether {@code mac} is one that RFC 9568 gives to some virtual router. */
  public static boolean isStandardMac(MacAddress mac) {
    long prefix = mac.bits() & ~VRID_MASK;
    return prefix == IPV4_PREFIX || prefix == IPV6_PREFIX;
  }
}
