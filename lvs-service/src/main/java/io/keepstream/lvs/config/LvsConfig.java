package io.keepstream.lvs.config;

import io.keepstream.contract.event.BackendRef;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the configuration asks of the IPVS table.
 *
 * @param virtualServers in the order of the configuration; their names are unique
 */
public record LvsConfig(List<VirtualServer> virtualServers) {
  /** Nothing to balance. */
  public static final LvsConfig NOTHING = new LvsConfig(List.of());

  public LvsConfig {
    virtualServers = List.copyOf(virtualServers);
  }

  /** All real servers by the names that verdicts have for them. */
  public Set<BackendRef> backends() {
    return virtualServers.stream()
        .flatMap(server -> server.realServers().stream())
        .map(real -> real.server().backend())
        .collect(Collectors.toUnmodifiableSet());
  }
}
