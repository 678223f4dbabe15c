package io.keepstream.election.machine;

import io.keepstream.contract.event.TrackerRef;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long who watches has said nothing, and of which trackers the last result no longer holds.
 *
 * @param limits how long in nanoseconds the last result of a tracker holds; one that is not in it
 *     holds for ever
 * @param heardNanos when something was heard last
 */
public record Silence(Map<TrackerRef, Long> limits, long heardNanos) {
  public Silence {
    limits = Map.copyOf(limits);
  }

  /** Something is heard. */
  public Silence heard(long nowNanos) {
    return new Silence(limits, nowNanos);
  }

  /** The same silence with other limits. */
  public Silence within(Map<TrackerRef, Long> others) {
    return new Silence(others, heardNanos);
  }

  /** The trackers whose last result does not hold at {@code nowNanos}. */
  public Set<TrackerRef> overdue(long nowNanos) {
    return limits.entrySet().stream()
        .filter(limit -> nowNanos - heardNanos >= limit.getValue())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** When the next result will no longer hold unless something is heard; never is MAX_VALUE. */
  public long nextNanos(long nowNanos) {
    return limits.values().stream()
        .mapToLong(limit -> heardNanos + limit)
        .filter(end -> end > nowNanos)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
