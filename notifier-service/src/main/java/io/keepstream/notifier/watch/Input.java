package io.keepstream.notifier.watch;

import io.keepstream.contract.event.ClusterEvent.Claim;
import java.util.List;
import java.util.Optional;

/** What moves the watch. */
public sealed interface Input {
  /**
   * Something was said of one instance.
   *
   * @param key of node and instance
   * @param claimed what it claims; empty when it is no MASTER, or is no more
   */
  record Told(String key, Optional<Claimed> claimed) implements Input {}

  /** A MASTER and the addresses it has, with prefix lengths. */
  record Claimed(Claim claim, List<String> addresses) {
    public Claimed {
      addresses = List.copyOf(addresses);
    }
  }

  /** A node is to be believed for so long from now; not at all when not above 0. */
  record Beat(String node, long freshNanos) implements Input {}

  /** The timer came, perhaps early. */
  record TimerExpired() implements Input {}
}
