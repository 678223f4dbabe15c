package io.keepstream.health.config;

import io.keepstream.config.value.AddressRange;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.TrackerRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What health-service watches.
 *
 * @param backends each real server's checks, in the order of the configuration; none means that it
 *     is always up
 * @param haSuspend virtual servers whose checks are made only while one of these addresses is on
 *     this host
 * @param scripts what each tracked script follows
 * @param files each tracked file
 * @param processes each set of tracked processes
 */
public record HealthConfig(
    Map<BackendRef, Set<CheckConfig>> backends,
    Map<String, List<AddressRange>> haSuspend,
    Map<TrackerRef, TrackerConfig> scripts,
    Map<TrackerRef, FileConfig> files,
    Map<TrackerRef, ProcessConfig> processes) {
  /** Nothing to watch. */
  public static final HealthConfig NOTHING =
      new HealthConfig(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public HealthConfig {
    backends = inOrder(backends);
    haSuspend = inOrder(haSuspend);
    scripts = inOrder(scripts);
    files = inOrder(files);
    processes = inOrder(processes);
  }

  private static <K, V> Map<K, V> inOrder(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * How many attempts may run at the same time: different checks of real servers that ask, and
   * scripts.
   */
  public int attempts() {
    long asking =
        backends.values().stream()
            .flatMap(Set::stream)
            .filter(check -> !(check.target() instanceof Target.Signal))
            .distinct()
            .count();
    return (int) asking + scripts.size();
  }

  /** The same with more real servers. */
  public HealthConfig with(Map<BackendRef, Set<CheckConfig>> more) {
    Map<BackendRef, Set<CheckConfig>> all = new LinkedHashMap<>(backends);
    all.putAll(more);
    return new HealthConfig(all, haSuspend, scripts, files, processes);
  }

  /** Only the trackers. */
  public HealthConfig withoutBackends() {
    return new HealthConfig(Map.of(), Map.of(), scripts, files, processes);
  }

  /** Only the real servers, with the files that their checks look at. */
  public HealthConfig withoutTrackers() {
    Set<String> checked =
        backends.values().stream()
            .flatMap(Set::stream)
            .map(CheckConfig::target)
            .filter(Target.TrackFile.class::isInstance)
            .map(target -> ((Target.TrackFile) target).name())
            .collect(Collectors.toSet());
    Map<TrackerRef, FileConfig> kept = new LinkedHashMap<>(files);
    kept.keySet().removeIf(file -> !checked.contains(file.name()));
    return new HealthConfig(backends, haSuspend, Map.of(), kept, Map.of());
  }
}
