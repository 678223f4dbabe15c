package io.keepstream.election.config;

import java.util.List;

/**
 * The configuration of election-service.
 *
 * @param instances the virtual routers, in the order of the file
 */
public record ElectionConfig(List<InstanceConfig> instances) {
  /** Nothing to elect. */
  public static final ElectionConfig NOTHING = new ElectionConfig(List.of());

  public ElectionConfig {
    instances = List.copyOf(instances);
  }
}
