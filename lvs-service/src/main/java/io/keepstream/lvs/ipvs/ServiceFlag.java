package io.keepstream.lvs.ipvs;

import java.util.EnumSet;
import java.util.Set;

/** A setting of a virtual service that is on or off. */
public enum ServiceFlag {
  /** A client stays with its destination. */
  PERSISTENT(0x1),
  /** Every datagram is scheduled by itself. */
  ONE_PACKET(0x4),
  /** The scheduler's first: sh-fallback, mh-fallback. */
  SCHEDULER_1(0x8),
  /** The scheduler's second: sh-port, mh-port. */
  SCHEDULER_2(0x10),
  /** The scheduler's third. */
  SCHEDULER_3(0x20),
  /** Servers see the director as their client; nftables can, the kernel's IPVS has no such flag. */
  MASQUERADE(0x4000_0000);

  private final int bit;

  ServiceFlag(int bit) {
    this.bit = bit;
  }

  /** The flag's bit in the kernel's flags. */
  public int bit() {
    return bit;
  }

  /** The bits of {@code flags}. */
  public static int bits(Set<ServiceFlag> flags) {
    return flags.stream().mapToInt(ServiceFlag::bit).reduce(0, (a, b) -> a | b);
  }

  /** The flags among {@code bits}; the kernel's internal ones are no flags here. */
  public static Set<ServiceFlag> ofBits(int bits) {
    Set<ServiceFlag> flags = EnumSet.noneOf(ServiceFlag.class);
    for (ServiceFlag flag : values()) {
      if ((bits & flag.bit) != 0) {
        flags.add(flag);
      }
    }
    return flags;
  }
}
