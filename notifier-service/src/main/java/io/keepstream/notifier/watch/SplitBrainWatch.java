package io.keepstream.notifier.watch;

import io.keepstream.contract.event.ClusterEvent;
import io.keepstream.contract.event.ClusterEvent.SplitBrainEnded;
import io.keepstream.contract.event.ClusterEvent.SplitBrainSuspected;
import io.keepstream.notifier.watch.Input.Claimed;
import io.keepstream.notifier.watch.State.Conflict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** The rules of the watch. */
public final class SplitBrainWatch {
  /** What follows: the state, and what is to be published, in order. */
  public record Transition(State state, List<ClusterEvent> events) {}

  private SplitBrainWatch() {}

  /**
   * What follows from {@code input} in {@code state}.
   *
   * @param graceNanos for how long a conflict has to last before it is told
   */
  public static Transition next(long graceNanos, State state, Input input, long nowNanos) {
    Map<String, Long> freshUntil = new HashMap<>(state.freshUntil());
    Map<String, Claimed> claimed = new HashMap<>(state.claimed());
    switch (input) {
      case Input.Told(String key, var claim) ->
          claim.ifPresentOrElse(now -> claimed.put(key, now), () -> claimed.remove(key));
      case Input.Beat(String node, long freshNanos) ->
          freshUntil.put(node, nowNanos + Math.max(0, freshNanos));
      case Input.TimerExpired _ -> {}
    }
    freshUntil.values().removeIf(until -> until <= nowNanos);
    return told(graceNanos, new State(freshUntil, claimed, state.conflicts(), 0), nowNanos);
  }

  private static Transition told(long graceNanos, State state, long nowNanos) {
    Map<Set<String>, Conflict> conflicts = conflicts(state, nowNanos);
    List<ClusterEvent> events = new ArrayList<>();
    state
        .conflicts()
        .forEach(
            (keys, before) -> {
              if (before.told() && !conflicts.containsKey(keys)) {
                long millis = TimeUnit.NANOSECONDS.toMillis(nowNanos - before.sinceNanos());
                events.add(new SplitBrainEnded(before.addresses(), before.claims(), millis));
              }
            });
    conflicts.replaceAll(
        (keys, now) -> {
          if (now.told() || nowNanos < now.sinceNanos() + graceNanos) {
            return now;
          }
          events.add(new SplitBrainSuspected(now.addresses(), now.claims()));
          return now.asTold();
        });
    return new Transition(
        new State(
            state.freshUntil(), state.claimed(), conflicts, deadline(graceNanos, state, conflicts)),
        events);
  }

  private static long deadline(long graceNanos, State state, Map<Set<String>, Conflict> conflicts) {
    LongStream untold =
        conflicts.values().stream()
            .filter(conflict -> !conflict.told())
            .mapToLong(conflict -> conflict.sinceNanos() + graceNanos);
    LongStream stale = state.freshUntil().values().stream().mapToLong(Long::longValue);
    return LongStream.concat(untold, stale).min().orElse(Long.MAX_VALUE);
  }

  /** Whoever is believed and claims the same addresses as another node; each as old as it is. */
  private static Map<Set<String>, Conflict> conflicts(State state, long nowNanos) {
    Map<String, Set<String>> keysByAddress = new TreeMap<>();
    state
        .claimed()
        .forEach(
            (key, claimed) -> {
              if (state.freshUntil().containsKey(claimed.claim().node())) {
                for (String address : claimed.addresses()) {
                  keysByAddress.computeIfAbsent(address, any -> new TreeSet<>()).add(key);
                }
              }
            });
    Map<Set<String>, List<String>> addressesByKeys = new HashMap<>();
    keysByAddress.forEach(
        (address, keys) -> {
          if (nodes(state, keys) > 1) {
            addressesByKeys
                .computeIfAbsent(Set.copyOf(keys), any -> new ArrayList<>())
                .add(address);
          }
        });
    Map<Set<String>, Conflict> conflicts = new HashMap<>();
    addressesByKeys.forEach(
        (keys, addresses) -> conflicts.put(keys, conflict(state, keys, addresses, nowNanos)));
    return conflicts;
  }

  private static Conflict conflict(
      State state, Set<String> keys, List<String> addresses, long nowNanos) {
    Conflict before = state.conflicts().get(keys);
    List<ClusterEvent.Claim> claims =
        keys.stream()
            .map(key -> state.claimed().get(key).claim())
            .sorted(Comparator.comparing(ClusterEvent.Claim::node))
            .toList();
    return before == null
        ? new Conflict(addresses, claims, nowNanos, false)
        : new Conflict(addresses, claims, before.sinceNanos(), before.told());
  }

  private static long nodes(State state, Set<String> keys) {
    return keys.stream().map(key -> state.claimed().get(key).claim().node()).distinct().count();
  }
}
