package io.keepstream.lvs.config;

import java.util.List;

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
}
