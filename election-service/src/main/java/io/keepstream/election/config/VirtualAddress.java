package io.keepstream.election.config;

import java.net.InetAddress;
import java.util.List;

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
 * @param moreFlags {@code IFA_F_} flags that are asked for by words of their own
 * @param tracked whether it is put back when somebody removes it
 * @param leaseSeconds how long the kernel keeps it without being told again, or {@link #FOREVER}
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
    long preferredSeconds,
    int moreFlags,
    boolean tracked,
    long leaseSeconds)
    implements KernelItem {
  /** The lifetime that does not end, as the kernel writes it. */
  public static final long FOREVER = 0xFFFF_FFFFL;

  /** The same address on another interface. */
  VirtualAddress on(String otherInterface) {
    return with(otherInterface, preferredSeconds, leaseSeconds);
  }

  /** The same with a lease. */
  VirtualAddress leased(long seconds) {
    return lasting(preferredSeconds, seconds);
  }

  /** Whether the kernel can turn one into the other without removing it. */
  public boolean differsOnlyInLifetimes(VirtualAddress other) {
    return lasting(0, 0).equals(other.lasting(0, 0));
  }

  private VirtualAddress lasting(long preferred, long lease) {
    return with(networkInterface, preferred, lease);
  }

  private VirtualAddress with(String device, long preferred, long lease) {
    return new VirtualAddress(
        address,
        prefixLength,
        device,
        label,
        scope,
        broadcast,
        peer,
        noPrefixRoute,
        duplicateDetection,
        preferred,
        moreFlags,
        tracked,
        lease);
  }

  @Override
  public Object identity() {
    return List.of(address, prefixLength, networkInterface);
  }

  /** Address and prefix length, as in {@code 172.32.10.18/32}. */
  @Override
  public String text() {
    return address.getHostAddress() + "/" + prefixLength;
  }
}
