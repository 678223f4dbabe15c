package io.keepstream.health.verdict;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * When a check is attempted.
 *
 * @param startDelayNanos from the start of watching to the earliest first attempt
 * @param warmupNanos upper bound of the time added to it, so that checks spread out
 * @param periodNanos between regular attempts, at least 1
 * @param confirming the pauses before extra attempts
 * @param jitterPercent how much of the period a regular attempt may be late on purpose
 */
public record Schedule(
    long startDelayNanos,
    long warmupNanos,
    long periodNanos,
    Confirming confirming,
    int jitterPercent) {
  /** Extra attempts keep to the period. */
  public static final long ON_SCHEDULE = Long.MAX_VALUE;

  /** With more of it an attempt could be later than the one that follows it. */
  public static final int MOST_JITTER_PERCENT = 50;

  /** In which all checks that are resumed together make their first attempt. */
  private static final long RESUMPTION_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * The pauses before an extra attempt while results contradict the verdict, but not yet often
   * enough; {@link #ON_SCHEDULE} where extra attempts are simply the next regular ones.
   *
   * @param failureNanos while failures of a good check are counted
   * @param successNanos while successes of a failed one are
   */
  public record Confirming(long failureNanos, long successNanos) {}

  public Schedule {
    if (startDelayNanos < 0
        || warmupNanos < 0
        || periodNanos < 1
        || confirming.failureNanos() < 0
        || confirming.successNanos() < 0
        || jitterPercent < 0
        || jitterPercent > MOST_JITTER_PERCENT) {
      throw new IllegalArgumentException(
          "schedule %d %d %d %s %d %%"
              .formatted(startDelayNanos, warmupNanos, periodNanos, confirming, jitterPercent));
    }
  }

  /** Without jitter, and with extra attempts only while failures are counted. */
  public Schedule(long startDelayNanos, long warmupNanos, long periodNanos, long retryDelayNanos) {
    this(
        startDelayNanos, warmupNanos, periodNanos, new Confirming(retryDelayNanos, ON_SCHEDULE), 0);
  }

  /**
   * The first due time of a check that is watched from {@code nowNanos} on.
   *
   * @param share how much of the warmup to use, from 0 to less than 1
   */
  public long firstNanos(long nowNanos, double share) {
    return nowNanos + startDelayNanos + (long) (share * warmupNanos);
  }

  /**
   * The first due time of a check that was suspended: soon, since what is thought of the target is
   * old.
   *
   * @param share how much to use of the time in which such checks spread out, from 0 to less than 1
   */
  long resumedNanos(long nowNanos, double share) {
    return nowNanos + (long) (share * Math.min(periodNanos, RESUMPTION_NANOS));
  }

  /** The first regular due time after both {@code slotNanos}, which was one, and now. */
  long nextNanos(long slotNanos, long nowNanos) {
    long missed = Math.max(0, nowNanos - slotNanos) / periodNanos;
    return slotNanos + (missed + 1) * periodNanos;
  }

  /** When the attempt of a slot is made. The slots themselves stay where they are. */
  long dueNanos(long slotNanos, RandomGenerator random) {
    return jitterPercent == 0
        ? slotNanos
        : slotNanos + random.nextLong(periodNanos / 100 * jitterPercent + 1);
  }

  /** The pause before the next attempt at that standing. */
  long pauseNanos(Standing standing) {
    return standing.against() == 0
        ? ON_SCHEDULE
        : switch (standing.verdict()) {
          case GOOD -> confirming.failureNanos();
          case FAILED -> confirming.successNanos();
          case PRESUMED_GOOD, PRESUMED_FAILED -> ON_SCHEDULE;
        };
  }
}
