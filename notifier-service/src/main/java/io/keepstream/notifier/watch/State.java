package io.keepstream.notifier.watch;

import io.keepstream.contract.event.ClusterEvent.Claim;
import io.keepstream.notifier.watch.Input.Claimed;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The whole of the watch.
 *
 * @param freshUntil by node, until when it is believed
 * @param claimed by key, what is claimed, also by those who are not believed
 * @param conflicts by the keys of those who are in it
 * @param deadlineNanos when the timer has to come
 */
public record State(
    Map<String, Long> freshUntil,
    Map<String, Claimed> claimed,
    Map<Set<String>, Conflict> conflicts,
    long deadlineNanos) {

  /** Nobody was heard of. */
  public static final State EMPTY = new State(Map.of(), Map.of(), Map.of(), Long.MAX_VALUE);

  public State {
    freshUntil = Map.copyOf(freshUntil);
    claimed = Map.copyOf(claimed);
    conflicts = Map.copyOf(conflicts);
  }

  /** Those who claim the same. */
  public record Conflict(
      List<String> addresses, List<Claim> claims, long sinceNanos, boolean told) {
    public Conflict {
      addresses = List.copyOf(addresses);
      claims = List.copyOf(claims);
    }

    Conflict asTold() {
      return new Conflict(addresses, claims, sinceNanos, true);
    }
  }
}
