package io.keepstream.health.verdict;

import java.util.random.RandomGenerator;

/**
 * When a check is attempted.
 *
 * @param startDelayNanos from the start of watching to the earliest first attempt
 * @param warmupNanos upper bound of the random time added to it, so that checks spread out
 * @param periodNanos between regular attempts, at least 1
 * @param retryDelayNanos pause before an extra attempt while failures are counted; {@link
 *     #ON_SCHEDULE} where extra attempts are simply the next regular ones
 */
public record Schedule(
    long startDelayNanos, long warmupNanos, long periodNanos, long retryDelayNanos) {
  /** Extra attempts keep to the period. */
  public static final long ON_SCHEDULE = Long.MAX_VALUE;

  public Schedule {
    if (startDelayNanos < 0 || warmupNanos < 0 || periodNanos < 1 || retryDelayNanos < 0) {
      throw new IllegalArgumentException(
          "schedule %d %d %d %d"
              .formatted(startDelayNanos, warmupNanos, periodNanos, retryDelayNanos));
    }
  }

  /** The first due time of a check that is watched from {@code nowNanos} on. */
  public long firstNanos(long nowNanos, RandomGenerator random) {
    return nowNanos + startDelayNanos + random.nextLong(warmupNanos + 1);
  }

  /** The first regular due time after both {@code slotNanos}, which was one, and now. */
  long nextNanos(long slotNanos, long nowNanos) {
    long missed = Math.max(0, nowNanos - slotNanos) / periodNanos;
    return slotNanos + (missed + 1) * periodNanos;
  }
}
