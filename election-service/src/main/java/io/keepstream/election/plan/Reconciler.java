package io.keepstream.election.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Compares what is wanted with what is there.
 *
 * @param wantedKey what an entry that is wanted is looked up by
 * @param actualKey what an entry that is there is looked up by
 * @param provides whether what is there does what is wanted, of two with the same key
 */
public record Reconciler<W, A>(
    Function<W, ?> wantedKey, Function<A, ?> actualKey, BiPredicate<W, A> provides) {

  /**
   * What to do, in this order.
   *
   * @param surplus what is there for nobody
   * @param missing what is wanted and not there
   */
  public record Plan<W, A>(List<A> surplus, List<W> missing) {}

  /** The plan that leads from {@code actual} to {@code wanted}; both keep their order. */
  public Plan<W, A> diff(Collection<W> wanted, Collection<A> actual) {
    Map<Object, Set<A>> byKey = new HashMap<>();
    for (A each : actual) {
      byKey.computeIfAbsent(actualKey.apply(each), key -> new LinkedHashSet<>()).add(each);
    }
    Set<A> used = new HashSet<>();
    List<W> missing =
        wanted.stream()
            .filter(each -> !find(each, byKey.getOrDefault(wantedKey.apply(each), Set.of()), used))
            .toList();
    return new Plan<>(actual.stream().filter(each -> !used.contains(each)).toList(), missing);
  }

  private boolean find(W wanted, Set<A> candidates, Set<A> used) {
    for (A candidate : candidates) {
      if (provides.test(wanted, candidate)) {
        used.add(candidate);
        return true;
      }
    }
    return false;
  }
}
