package io.keepstream.notifier.config;

import io.keepstream.contract.event.BackendRef;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who asked to be told by a script, by the names events use.
 *
 * @param instances by the name of the {@code vrrp_instance}
 * @param groups by the name of the {@code vrrp_sync_group}
 * @param virtualServers {@code quorum_up} and {@code quorum_down}
 * @param realServers {@code notify_up} and {@code notify_down}
 */
public record Scripts(
    Map<String, VrrpNotify> instances,
    Map<String, VrrpNotify> groups,
    Map<String, UpDown> virtualServers,
    Map<BackendRef, UpDown> realServers) {

  /** No script anywhere. */
  public static final Scripts NONE = new Scripts(Map.of(), Map.of(), Map.of(), Map.of());

  public Scripts {
    instances = Map.copyOf(instances);
    groups = Map.copyOf(groups);
    virtualServers = Map.copyOf(virtualServers);
    realServers = Map.copyOf(realServers);
  }

  /**
   * These scripts, and those of {@code earlier} for whatever is no longer here: what a reload
   * removes still reports its end.
   */
  public Scripts orElse(Scripts earlier) {
    return new Scripts(
        union(earlier.instances, instances),
        union(earlier.groups, groups),
        union(earlier.virtualServers, virtualServers),
        union(earlier.realServers, realServers));
  }

  /** Whether there is any script of instances or groups. */
  public boolean anyOfVrrp() {
    return Stream.concat(instances.values().stream(), groups.values().stream())
        .anyMatch(asked -> !asked.scripts().isEmpty() || asked.always().isPresent());
  }

  /** Whether there is any script of virtual or real servers. */
  public boolean anyOfServers() {
    return Stream.concat(virtualServers.values().stream(), realServers.values().stream())
        .anyMatch(asked -> asked.up().isPresent() || asked.down().isPresent());
  }

  private static <K, V> Map<K, V> union(Map<K, V> earlier, Map<K, V> now) {
    Map<K, V> all = new HashMap<>(earlier);
    all.putAll(now);
    return all;
  }
}
