package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.RtNetlink;
import java.net.InetAddress;
import java.util.Optional;

/**
 * An IP address on an interface, as it is wanted or as the kernel tells it.
 *
 * @param key which address it is
 * @param scope {@code RT_SCOPE_} number; IPv4 addresses of one subnet must have the same, else the
 *     kernel refuses with EINVAL
 * @param flags {@code IFA_F_} flags; only some can be asked for, such as NODAD and NOPREFIXROUTE
 * @param label IPv4 only, at most 15 bytes; empty for none asked for
 * @param broadcast IPv4 only
 * @param peer the other end of a point-to-point address
 * @param preferredSeconds how long it may be chosen as a source; 0 makes it deprecated
 * @param validSeconds how long it exists; not less than preferred
 * @param protocol who has set it, {@code IFAPROT_} number; {@link #PROTOCOL_KEEPALIVED} for us
 */
public record Address(
    Key key,
    int scope,
    int flags,
    String label,
    Optional<InetAddress> broadcast,
    Optional<InetAddress> peer,
    long preferredSeconds,
    long validSeconds,
    int protocol) {

  /** A lifetime without end. */
  public static final long FOREVER = 0xFFFF_FFFFL;

  /** The mark by which addresses of ours are known again after a crash, as RTPROT_KEEPALIVED. */
  public static final int PROTOCOL_KEEPALIVED = 18;

  /**
   * What tells addresses apart: the kernel holds at most one of each.
   *
   * @param interfaceIndex the interface it is on
   * @param prefixLength 0 to 32 or 0 to 128
   */
  public record Key(int interfaceIndex, InetAddress address, int prefixLength) {
    // Written out: what the compiler writes is linked at the first call, for which elections wait.

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && interfaceIndex == that.interfaceIndex
          && address.equals(that.address)
          && prefixLength == that.prefixLength;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * interfaceIndex + address.hashCode()) + prefixLength;
    }
  }

  /** An address without end, of universe scope, marked as ours; the builder changes that. */
  public static Builder of(int interfaceIndex, InetAddress address, int prefixLength) {
    return new Builder(new Key(interfaceIndex, address, prefixLength));
  }

  /** Whether duplicate address detection is not over: the address cannot be used yet. */
  public boolean tentative() {
    return (flags & RtNetlink.IFA_F_TENTATIVE) != 0;
  }

  /** Whether duplicate address detection has found another owner. */
  public boolean duplicate() {
    return (flags & RtNetlink.IFA_F_DADFAILED) != 0;
  }

  /** Makes an {@link Address}. */
  public static final class Builder {
    private final Key key;
    private int scope = RtNetlink.RT_SCOPE_UNIVERSE;
    private int flags;
    private String label = "";
    private Optional<InetAddress> broadcast = Optional.empty();
    private Optional<InetAddress> peer = Optional.empty();
    private long preferredSeconds = FOREVER;
    private long validSeconds = FOREVER;
    private int protocol = PROTOCOL_KEEPALIVED;

    private Builder(Key key) {
      this.key = key;
    }

    public Builder scope(int value) {
      scope = value;
      return this;
    }

    public Builder flags(int value) {
      flags = value;
      return this;
    }

    public Builder label(String value) {
      label = value;
      return this;
    }

    public Builder broadcast(InetAddress value) {
      broadcast = Optional.of(value);
      return this;
    }

    public Builder peer(InetAddress value) {
      peer = Optional.of(value);
      return this;
    }

    public Builder lifetimes(long preferred, long valid) {
      preferredSeconds = preferred;
      validSeconds = valid;
      return this;
    }

    public Builder protocol(int value) {
      protocol = value;
      return this;
    }

    public Address build() {
      return new Address(
          key, scope, flags, label, broadcast, peer, preferredSeconds, validSeconds, protocol);
    }
  }
}
