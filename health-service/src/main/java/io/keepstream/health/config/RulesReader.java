package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Statement;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
import io.keepstream.health.verdict.Schedule.Confirming;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads when a check is made and what its results mean, which all checks say in the same words. */
final class RulesReader {
  private static final long START_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long DELAY_LOOP_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long CONNECT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SMALLEST_NANOS = TimeUnit.MICROSECONDS.toNanos(1);

  private final Consumer<Diagnostic> problems;

  /** Of thousands of servers most have the same rules, which are kept once. */
  private final Map<CheckRules, CheckRules> known = new HashMap<>();

  RulesReader(Consumer<Diagnostic> problems) {
    this.problems = problems;
  }

  /**
   * What holds where nothing is said.
   *
   * @param retry extra attempts before a failure counts
   * @param retryDelayNanos the pause before each; empty for the period
   */
  record Defaults(int retry, OptionalLong retryDelayNanos) {
    static final Defaults USUAL = new Defaults(1, seconds(1));
    static final Defaults HTTP = new Defaults(1, seconds(3));
    static final Defaults MISC = new Defaults(0, seconds(1));
    static final Defaults DNS = new Defaults(3, OptionalLong.empty());

    private static OptionalLong seconds(int seconds) {
      return OptionalLong.of(TimeUnit.SECONDS.toNanos(seconds));
    }
  }

  /** The time between regular attempts. */
  static long periodNanos(Inherited words) {
    return Math.max(words.nanos("delay_loop").orElse(DELAY_LOOP_NANOS), SMALLEST_NANOS);
  }

  /** How long connecting, and each step after it, may take. */
  static long stepNanos(Inherited words) {
    return Math.max(words.nanos("connect_timeout").orElse(CONNECT_TIMEOUT_NANOS), SMALLEST_NANOS);
  }

  /**
   * The rules that {@code words} give.
   *
   * @param timeoutNanos how long an attempt may take
   * @param onTimeout what a longer one failed of
   */
  CheckRules read(Inherited words, Defaults defaults, long timeoutNanos, FailureReason onTimeout) {
    CheckRules rules =
        new CheckRules(
            schedule(words, defaults),
            new Counting(
                count(words, "rise").orElse(1), fall(words, defaults), words.flag("alpha")),
            timeoutNanos,
            onTimeout);
    return known.computeIfAbsent(rules, Function.identity());
  }

  private static Schedule schedule(Inherited words, Defaults defaults) {
    long periodNanos = periodNanos(words);
    long retryDelayNanos =
        words.nanos("delay_before_retry").orElse(defaults.retryDelayNanos().orElse(periodNanos));
    OptionalLong fastNanos = words.nanos("fast_interval");
    return new Schedule(
        START_DELAY_NANOS,
        words.nanos("warmup").orElse(periodNanos),
        periodNanos,
        new Confirming(fastNanos.orElse(retryDelayNanos), fastNanos.orElse(Schedule.ON_SCHEDULE)),
        Math.clamp(words.number("jitter").orElse(0), 0, Schedule.MOST_JITTER_PERCENT));
  }

  /** {@code fall} counts the first failure as well, {@code retry} only those after it. */
  private int fall(Inherited words, Defaults defaults) {
    OptionalLong said = words.number("retry", "nb_get_retry");
    long retry = said.orElse(defaults.retry());
    int byRetry = Math.clamp(retry, 0, Integer.MAX_VALUE - 1) + 1;
    OptionalInt fall = count(words, "fall");
    if (fall.isPresent() && said.isPresent() && fall.getAsInt() != byRetry) {
      words
          .statement("fall")
          .ifPresent(
              line ->
                  warn(
                      line,
                      "%d failures are enough, though retry %d asks for %d"
                          .formatted(fall.getAsInt(), retry, byRetry)));
    }
    return fall.orElse(byRetry);
  }

  private static OptionalInt count(Inherited words, String keyword) {
    OptionalLong number = words.number(keyword);
    return number.isPresent()
        ? OptionalInt.of(Math.clamp(number.getAsLong(), 1, Integer.MAX_VALUE))
        : OptionalInt.empty();
  }

  private void warn(Statement line, String message) {
    problems.accept(Diagnostic.warning(line.position(), line.keyword().text() + ": " + message));
  }
}
