package io.keepstream.health.config;

import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What a kind of check does where nobody says otherwise.
 *
 * @param retry extra attempts before a good target counts as failed
 * @param retryDelayNanos pause before each; empty for the period
 */
record BuiltIn(int retry, OptionalLong retryDelayNanos) {
  private static final OptionalLong SECOND_NANOS = OptionalLong.of(TimeUnit.SECONDS.toNanos(1));
  static final BuiltIn USUAL = new BuiltIn(1, SECOND_NANOS);
  static final BuiltIn HTTP = new BuiltIn(1, OptionalLong.of(TimeUnit.SECONDS.toNanos(3)));
  static final BuiltIn MISC = new BuiltIn(0, SECOND_NANOS);
  static final BuiltIn DNS = new BuiltIn(3, OptionalLong.empty());

  private static final long START_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long DELAY_LOOP_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long CONNECT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SMALLEST_NANOS = TimeUnit.MICROSECONDS.toNanos(1);

  /** The time between checks. */
  static long periodNanos(Inherited words) {
    return Math.max(words.nanos("delay_loop").orElse(DELAY_LOOP_NANOS), SMALLEST_NANOS);
  }

  /** How long connecting, and each step after it, may take. */
  static long stepNanos(Inherited words) {
    return Math.max(words.nanos("connect_timeout").orElse(CONNECT_TIMEOUT_NANOS), SMALLEST_NANOS);
  }

  /**
   * The rules of a check.
   *
   * @param words what is said about it
   * @param timeoutNanos how long an attempt may take
   * @param onTimeout what a longer one failed of
   */
  CheckRules rules(Inherited words, long timeoutNanos, FailureReason onTimeout) {
    long periodNanos = periodNanos(words);
    Schedule schedule =
        new Schedule(
            START_DELAY_NANOS,
            words.nanos("warmup").orElse(periodNanos),
            periodNanos,
            words.nanos("delay_before_retry").orElse(retryDelayNanos.orElse(periodNanos)));
    long retries = Math.clamp(words.number("retry").orElse(retry), 0, Integer.MAX_VALUE - 1);
    return new CheckRules(
        schedule, new Counting(1, (int) retries + 1, words.flag("alpha")), timeoutNanos, onTimeout);
  }
}
