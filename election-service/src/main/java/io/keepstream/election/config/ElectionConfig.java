package io.keepstream.election.config;

import java.util.List;

/**
 * The configuration of election-service.
 *
 * @param instances the virtual routers, in the order of the file
 * @param groups which of them move together
 */
public record ElectionConfig(List<InstanceConfig> instances, List<SyncGroupConfig> groups) {
  /** Nothing to elect. */
  public static final ElectionConfig NOTHING = new ElectionConfig(List.of(), List.of());

  public ElectionConfig {
    instances = List.copyOf(instances);
    groups = List.copyOf(groups);
  }
}
