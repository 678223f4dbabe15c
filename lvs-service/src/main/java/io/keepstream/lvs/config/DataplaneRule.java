package io.keepstream.lvs.config;

import io.keepstream.lvs.ipvs.Dataplane;
import java.util.Optional;

/**
 * What may carry the table out ({@code dataplane}).
 *
 * @param chosen by the configuration; empty for IPVS, and nftables where the kernel has no IPVS
 * @param obstacle where and why nftables cannot carry it out; empty if it can
 */
public record DataplaneRule(Optional<Dataplane> chosen, Optional<String> obstacle) {
  /** Whatever the kernel has. */
  public static final DataplaneRule ANY = new DataplaneRule(Optional.empty(), Optional.empty());

  /** Why nftables does not stand in where the kernel has no IPVS; empty if it does. */
  public Optional<String> refusal() {
    return chosen.equals(Optional.of(Dataplane.IPVS)) ? Optional.of("dataplane ipvs") : obstacle;
  }
}
