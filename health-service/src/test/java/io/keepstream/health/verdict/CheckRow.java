package io.keepstream.health.verdict;

import io.keepstream.health.verdict.Event.AttemptEnded;
import io.keepstream.health.verdict.Event.TimerExpired;
import io.keepstream.health.verdict.State.Attempting;
import io.keepstream.health.verdict.State.Waiting;
import java.util.List;

/**
 * A rule: in {@code state} of a check with {@code rules}, {@code event} at time {@code T} leads to
 * the state and the effects given, the effects in exactly this order.
 *
 * <p>Rows use a period of 10 s, a retry delay of 1 s, a time limit of 5 s, rise 1 and fall 2 unless
 * they say otherwise. The attempt of a row was due at {@code SLOT}, 2 s before {@code T}.
 */
record CheckRow(
    String rule, CheckRules rules, State state, Event event, State expected, List<Effect> effects) {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000_000_000L;
  static final long T = 50 * SECOND;
  static final long SLOT = 48 * SECOND;

  static final Schedule EVERY_10_S = new Schedule(SECOND, 0, 10 * SECOND, SECOND);
  static final CheckRules RULES = rules(EVERY_10_S, 1, 2);
  static final CheckRules STUBBORN = rules(EVERY_10_S, 3, 3);
  static final CheckRules SCRIPT =
      rules(new Schedule(0, 0, 10 * SECOND, Schedule.ON_SCHEDULE), 2, 3);

  static final Event TIMER = new TimerExpired();
  static final CheckResult OK = CheckResult.passed(3 * MILLI);
  static final CheckResult REFUSED =
      CheckResult.failed(FailureReason.CONNECT_REFUSED, null, 3 * MILLI);
  static final CheckResult STARVED =
      CheckResult.failed(FailureReason.NO_RESOURCES, null, 3 * MILLI);
  static final Event PASSED = new AttemptEnded(OK);
  static final Event FAILED = new AttemptEnded(REFUSED);

  static final Standing GOOD_STANDING = Standing.of(Verdict.GOOD);
  static final Standing FAILED_STANDING = Standing.of(Verdict.FAILED);
  static final Standing NEW = Standing.of(Verdict.PRESUMED_GOOD);
  static final Standing NEW_ALPHA = Standing.of(Verdict.PRESUMED_FAILED);

  static CheckRow row(
      String rule, CheckRules rules, State state, Event event, State expected, Effect... effects) {
    return new CheckRow(rule, rules, state, event, expected, List.of(effects));
  }

  static CheckRules rules(Schedule schedule, int rise, int fall) {
    return new CheckRules(
        schedule, new Counting(rise, fall, false), 5 * SECOND, FailureReason.CONNECT_TIMEOUT);
  }

  static Standing against(Verdict verdict, int against) {
    return new Standing(verdict, against);
  }

  /** An attempt of the row, in time. */
  static Attempting attempting(Standing standing) {
    return new Attempting(standing, SLOT, SLOT, SLOT + 5 * SECOND, false);
  }

  /** Waiting for the next regular attempt. */
  static Waiting regular(Standing standing) {
    return new Waiting(standing, SLOT + 10 * SECOND, SLOT + 10 * SECOND);
  }

  /** Waiting for an extra attempt. */
  static Waiting retry(Standing standing) {
    return new Waiting(standing, SLOT, T + SECOND);
  }
}
