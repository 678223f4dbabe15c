package io.keepstream.health.added;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.health.config.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How real servers that operators have added are checked: as the others of their virtual server.
 */
public final class SiblingChecks {
  private SiblingChecks() {}

  /**
   * The checks of each that the configuration does not have; none where the others of its virtual
   * server have none in common.
   *
   * @param added the weights of those that were added
   */
  public static Map<BackendRef, Set<CheckConfig>> of(
      HealthConfig file, Map<BackendRef, Integer> added) {
    Map<BackendRef, Set<CheckConfig>> checks = new LinkedHashMap<>();
    added.forEach(
        (backend, weight) -> {
          if (!file.backends().containsKey(backend)) {
            checks.put(backend, shared(backend, weight, file));
          }
        });
    return checks;
  }

  private static Set<CheckConfig> shared(BackendRef backend, int weight, HealthConfig file) {
    List<Map<Target, CheckConfig>> moved = new ArrayList<>();
    Set<Target> ofOne = new LinkedHashSet<>();
    file.backends()
        .forEach(
            (sibling, checks) -> {
              if (sibling.virtualServer().equals(backend.virtualServer())) {
                Map<Target, CheckConfig> there = new LinkedHashMap<>();
                Move.of(sibling, backend, weight)
                    .ifPresent(move -> checks.forEach(check -> put(there, move, check, ofOne)));
                moved.add(there);
              }
            });
    if (moved.isEmpty()) {
      return Set.of();
    }
    // How often, and what results mean, is as with the first of them.
    Map<Target, CheckConfig> common = new LinkedHashMap<>(moved.getFirst());
    moved.forEach(each -> common.keySet().retainAll(each.keySet()));
    if (moved.size() == 1) {
      common.keySet().removeAll(ofOne);
    }
    return new LinkedHashSet<>(common.values());
  }

  /** Where there is but one sibling, what does not speak of it may be about it all the same. */
  private static void put(
      Map<Target, CheckConfig> checks, Move move, CheckConfig check, Set<Target> ofOne) {
    Target target = move.of(check.target());
    checks.put(
        target, new CheckConfig(target, check.rules(), check.logAllFailures(), check.shadow()));
    if (target.equals(check.target())) {
      ofOne.add(target);
    }
  }
}
