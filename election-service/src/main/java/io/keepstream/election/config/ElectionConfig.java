package io.keepstream.election.config;

import java.util.List;

/**
 * The configuration of election-service.
 *
 * @param instances the virtual routers, in the order of the file
 * @param statics what is in the kernel's tables whoever is MASTER
 */
public record ElectionConfig(List<InstanceConfig> instances, List<StaticItem> statics) {
  /** Nothing to elect. */
  public static final ElectionConfig NOTHING = new ElectionConfig(List.of(), List.of());

  public ElectionConfig {
    instances = List.copyOf(instances);
    statics = List.copyOf(statics);
  }
}
