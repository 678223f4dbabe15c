package io.keepstream.notifier.noise;

import io.keepstream.contract.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes groups of events that come together, since one cause has many effects: a cable that is
 * pulled takes instances, addresses and servers with it. Which events are a group follows from
 * themselves alone, so it is the same after a restart.
 */
public final class Gathering {
  /** The most events of a group. */
  public static final int MOST = 100;

  /** An event and its number in the journal. */
  public record Numbered(long number, Envelope envelope) {}

  /**
   * Events in groups.
   *
   * @param groups those that are complete; none is empty
   * @param heldFrom the number of the first event that is in none of them; {@link Long#MAX_VALUE}
   *     if all are
   * @param completeAt when the group that begins with it is complete
   */
  public record Gathered(
      List<List<Numbered>> groups, long heldFrom, Optional<Instant> completeAt) {}

  private Gathering() {}

  /**
   * Gathers {@code events}, which are in the order of the journal.
   *
   * @param wait how long after its first event a group takes others; zero for groups of one
   */
  public static Gathered gather(Duration wait, List<Numbered> events, Instant now) {
    List<List<Numbered>> groups = new ArrayList<>();
    int from = 0;
    while (from < events.size()) {
      Instant began = events.get(from).envelope().occurredAt();
      Instant complete = began.plus(wait);
      int to = end(events, from, complete);
      boolean isComplete =
          wait.isZero() || to < events.size() || to - from == MOST || !now.isBefore(complete);
      // A clock that was set back would have the group wait for as long.
      if (!isComplete && !now.isBefore(began)) {
        return new Gathered(groups, events.get(from).number(), Optional.of(complete));
      }
      groups.add(List.copyOf(events.subList(from, wait.isZero() ? from + 1 : to)));
      from = wait.isZero() ? from + 1 : to;
    }
    return new Gathered(groups, Long.MAX_VALUE, Optional.empty());
  }

  private static int end(List<Numbered> events, int from, Instant complete) {
    int to = from + 1;
    while (to < events.size()
        && to - from < MOST
        && !events.get(to).envelope().occurredAt().isAfter(complete)) {
      to++;
    }
    return to;
  }
}
