package io.keepstream.election.config;

import java.util.List;

/**
 * The configuration of election-service.
 *
 * @param instances the virtual routers, in the order of the file
 * @param bfdSessions the BFD sessions, in the order of the file
 */
public record ElectionConfig(List<InstanceConfig> instances, List<BfdConfig> bfdSessions) {
  /** Nothing to elect. */
  public static final ElectionConfig NOTHING = new ElectionConfig(List.of(), List.of());

  public ElectionConfig {
    instances = List.copyOf(instances);
    bfdSessions = List.copyOf(bfdSessions);
  }
}
