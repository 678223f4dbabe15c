package io.keepstream.health.config;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.TrackerRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What health-service watches.
 *
 * @param backends each real server's checks, in the order of the configuration; none means that it
 *     is always up
 * @param trackers what each tracker follows
 */
public record HealthConfig(
    Map<BackendRef, Set<CheckConfig>> backends, Map<TrackerRef, TrackerConfig> trackers) {
  /** Nothing to watch. */
  public static final HealthConfig NOTHING = new HealthConfig(Map.of(), Map.of());

  public HealthConfig {
    backends = Collections.unmodifiableMap(new LinkedHashMap<>(backends));
    trackers = Collections.unmodifiableMap(new LinkedHashMap<>(trackers));
  }

  /** Only the trackers. */
  public HealthConfig withoutBackends() {
    return new HealthConfig(Map.of(), trackers);
  }

  /** Only the real servers. */
  public HealthConfig withoutTrackers() {
    return new HealthConfig(backends, Map.of());
  }
}
