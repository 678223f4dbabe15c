package io.keepstream.election.config;

import java.net.InetAddress;

/**
 * A virtual address as configured.
 *
 * @param address the address
 * @param prefixLength 0-32 or 0-128
 * @param networkInterface where it is set
 * @param label its label, or null (IPv4 only)
 * @param scope its scope as the kernel counts: 0 global, 253 link, 254 host
 * @param broadcast its broadcast address, or null
 * @param peer the other end of a point-to-point link, or null
 * @param noPrefixRoute whether the kernel must not add a route for its prefix
 * @param duplicateDetection whether the kernel may delay it to look for duplicates (IPv6)
 * @param preferredSeconds how long new connections may use it as source; 0 for never, {@link
 *     #FOREVER}
 */
public record VirtualAddress(
    InetAddress address,
    int prefixLength,
    String networkInterface,
    String label,
    int scope,
    InetAddress broadcast,
    InetAddress peer,
    boolean noPrefixRoute,
    boolean duplicateDetection,
    long preferredSeconds) {
  /** The lifetime that does not end, as the kernel writes it. */
  public static final long FOREVER = 0xFFFF_FFFFL;

  /** Address and prefix length, as in {@code 172.32.10.18/32}. */
  public String text() {
    return address.getHostAddress() + "/" + prefixLength;
  }
}
