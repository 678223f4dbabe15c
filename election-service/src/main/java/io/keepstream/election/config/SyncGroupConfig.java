package io.keepstream.election.config;

import java.util.List;

/**
 * One {@code vrrp_sync_group}. What it tracks is among the trackers of its members.
 *
 * @param name its name
 * @param members the names of the instances that move together, in the order of the file
 */
public record SyncGroupConfig(String name, List<String> members) {
  public SyncGroupConfig {
    members = List.copyOf(members);
  }
}
