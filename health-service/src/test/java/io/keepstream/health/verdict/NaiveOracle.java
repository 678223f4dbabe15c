package io.keepstream.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of checking told again without a state machine: it keeps every result and reads the
 * verdict off the whole history, and finds due times by walking the grid from its beginning.
 */
final class NaiveOracle {
  private final CheckRules rules;
  private final Verdict start;
  private long firstNanos;
  private final List<Boolean> results = new ArrayList<>();

  /** Numbers of the results before which the check was suspended: nothing is in a row over them. */
  private final Set<Integer> suspensions = new HashSet<>();

  private int attempts;
  private long startedNanos;
  private long endedNanos;

  NaiveOracle(CheckRules rules, Verdict start, long firstNanos) {
    this.rules = rules;
    this.start = start;
    this.firstNanos = firstNanos;
  }

  int attempts() {
    return attempts;
  }

  long sinceStartNanos(long nowNanos) {
    return nowNanos - startedNanos;
  }

  void started(long nowNanos, long oversleptNanos) {
    long dueNanos = attempts == 0 ? firstNanos : nextDueNanos();
    long mostJitterNanos = attempts == 0 || paused() ? 0 : jitterNanos();
    assertThat(nowNanos - oversleptNanos)
        .as("start of attempt %d", attempts + 1)
        .isBetween(dueNanos, dueNanos + mostJitterNanos);
    startedNanos = nowNanos;
    attempts++;
  }

  void ended(long nowNanos) {
    endedNanos = nowNanos;
  }

  void suspended() {
    suspensions.add(results.size());
  }

  void resumed(long dueNanos) {
    firstNanos = dueNanos;
  }

  void counted(CheckResult result) {
    if (result.failure() != FailureReason.NO_RESOURCES) {
      results.add(result.succeeded());
    }
  }

  private long jitterNanos() {
    return rules.schedule().periodNanos() / 100 * rules.schedule().jitterPercent();
  }

  private long nextDueNanos() {
    return paused() ? endedNanos + pauseNanos() : gridNanos();
  }

  private long gridNanos() {
    long gridNanos = firstNanos;
    while (gridNanos <= endedNanos) {
      gridNanos += rules.schedule().periodNanos();
    }
    return gridNanos;
  }

  private boolean paused() {
    return pauseNanos() != Schedule.ON_SCHEDULE;
  }

  private long pauseNanos() {
    boolean contradicted =
        !results.isEmpty()
            && !suspensions.contains(results.size())
            && results.getLast() != (verdict() == Verdict.GOOD);
    Schedule.Confirming confirming = rules.schedule().confirming();
    return !contradicted
        ? Schedule.ON_SCHEDULE
        : verdict() == Verdict.GOOD ? confirming.failureNanos() : confirming.successNanos();
  }

  Verdict verdict() {
    List<Verdict> changes = changes();
    return changes.isEmpty() ? start : changes.getLast();
  }

  /** Every verdict reached, in order. */
  List<Verdict> changes() {
    List<Verdict> changes = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      boolean good = results.get(i);
      Verdict shown = good ? Verdict.GOOD : Verdict.FAILED;
      int needed = good ? rules.counting().rise() : rules.counting().fall();
      boolean decides = i == 0 || (changes.getLast() != shown && run(i) >= needed);
      if (decides) {
        changes.add(shown);
      }
    }
    return changes;
  }

  /** How many equal results in a row end with the last one. */
  int lastRun() {
    return run(results.size() - 1);
  }

  private int run(int end) {
    int length = 0;
    while (end - length >= 0
        && results.get(end - length).equals(results.get(end))
        && (length == 0 || !suspensions.contains(end - length + 1))) {
      length++;
    }
    return length;
  }
}
