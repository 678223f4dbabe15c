package io.keepstream.health.verdict;

import static io.keepstream.health.verdict.CheckRow.FAILED;
import static io.keepstream.health.verdict.CheckRow.FAILED_STANDING;
import static io.keepstream.health.verdict.CheckRow.GOOD_STANDING;
import static io.keepstream.health.verdict.CheckRow.MILLI;
import static io.keepstream.health.verdict.CheckRow.NEW;
import static io.keepstream.health.verdict.CheckRow.OK;
import static io.keepstream.health.verdict.CheckRow.PASSED;
import static io.keepstream.health.verdict.CheckRow.REFUSED;
import static io.keepstream.health.verdict.CheckRow.RULES;
import static io.keepstream.health.verdict.CheckRow.SCRIPT;
import static io.keepstream.health.verdict.CheckRow.SECOND;
import static io.keepstream.health.verdict.CheckRow.SLOT;
import static io.keepstream.health.verdict.CheckRow.STARVED;
import static io.keepstream.health.verdict.CheckRow.T;
import static io.keepstream.health.verdict.CheckRow.TIMER;
import static io.keepstream.health.verdict.CheckRow.against;
import static io.keepstream.health.verdict.CheckRow.attempting;
import static io.keepstream.health.verdict.CheckRow.regular;
import static io.keepstream.health.verdict.CheckRow.retry;
import static io.keepstream.health.verdict.CheckRow.row;
import static io.keepstream.health.verdict.CheckRow.rules;
import static io.keepstream.health.verdict.Verdict.GOOD;

import io.keepstream.health.verdict.Effect.AbandonAttempt;
import io.keepstream.health.verdict.Effect.ReportFailure;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.Effect.StartAttempt;
import io.keepstream.health.verdict.Event.AttemptEnded;
import io.keepstream.health.verdict.Schedule.Confirming;
import io.keepstream.health.verdict.State.Attempting;
import io.keepstream.health.verdict.State.Ending;
import io.keepstream.health.verdict.State.Waiting;
import java.util.List;

/** When attempts begin and end. */
final class ScheduleRows {
  private static final Confirming PAUSE = new Confirming(SECOND, Schedule.ON_SCHEDULE);

  private ScheduleRows() {}

  static List<CheckRow> waiting() {
    return List.of(
        row(
            "an attempt starts when due, with its time limit from now",
            RULES,
            new Waiting(GOOD_STANDING, T, T),
            TIMER,
            new Attempting(GOOD_STANDING, T, T, T + 5 * SECOND, false),
            new StartAttempt()),
        row(
            "an early timer starts nothing",
            RULES,
            new Waiting(GOOD_STANDING, T + 1, T + 1),
            TIMER,
            new Waiting(GOOD_STANDING, T + 1, T + 1)),
        row(
            "a late attempt keeps its place on the grid",
            RULES,
            new Waiting(NEW, T - 7 * SECOND, T - 7 * SECOND),
            TIMER,
            new Attempting(NEW, T - 7 * SECOND, T, T + 5 * SECOND, false),
            new StartAttempt()),
        row(
            "an extra attempt keeps the slot it belongs to",
            RULES,
            new Waiting(against(GOOD, 1), SLOT, T),
            TIMER,
            new Attempting(against(GOOD, 1), SLOT, T, T + 5 * SECOND, false),
            new StartAttempt()),
        row(
            "a result without an attempt is ignored",
            RULES,
            regular(GOOD_STANDING),
            PASSED,
            regular(GOOD_STANDING)));
  }

  static List<CheckRow> after() {
    return List.of(
        row(
            "the next regular attempt is one period after the last slot, not after its result",
            RULES,
            attempting(GOOD_STANDING),
            PASSED,
            regular(GOOD_STANDING)),
        row(
            "slots missed by a sleeping process are left out",
            RULES,
            new Attempting(GOOD_STANDING, T - 35 * SECOND, T - 1, T + 5 * SECOND, false),
            PASSED,
            new Waiting(GOOD_STANDING, T + 5 * SECOND, T + 5 * SECOND)),
        row(
            "a slot that is due just now is left out as well",
            RULES,
            new Attempting(GOOD_STANDING, T - 20 * SECOND, T - 1, T + 5 * SECOND, false),
            PASSED,
            new Waiting(GOOD_STANDING, T + 10 * SECOND, T + 10 * SECOND)),
        row(
            "a failure that does not decide yet is followed by an extra attempt",
            RULES,
            attempting(GOOD_STANDING),
            FAILED,
            retry(against(GOOD, 1)),
            new ReportFailure(REFUSED)),
        row(
            "scripts keep to their interval while failures are counted",
            SCRIPT,
            attempting(GOOD_STANDING),
            FAILED,
            regular(against(GOOD, 1)),
            new ReportFailure(REFUSED)));
  }

  static List<CheckRow> timeLimit() {
    CheckResult late =
        CheckResult.failed(FailureReason.CONNECT_TIMEOUT, "not done within 5000 ms", 5 * SECOND);
    CheckResult later =
        CheckResult.failed(
            FailureReason.CONNECT_TIMEOUT, "not done within 5000 ms", 5 * SECOND + 100 * MILLI);
    return List.of(
        row(
            "an attempt within its time limit goes on",
            RULES,
            attempting(GOOD_STANDING),
            TIMER,
            attempting(GOOD_STANDING)),
        row(
            "an attempt that takes too long is abandoned first, then counted as failed",
            RULES,
            new Attempting(GOOD_STANDING, SLOT, T - 5 * SECOND, T, false),
            TIMER,
            new Ending(against(GOOD, 1), SLOT),
            new AbandonAttempt(),
            new ReportFailure(late)),
        row(
            "a timer late by 100 ms is believed",
            RULES,
            new Attempting(
                GOOD_STANDING, SLOT, T - 5 * SECOND - 100 * MILLI, T - 100 * MILLI, false),
            TIMER,
            new Ending(against(GOOD, 1), SLOT),
            new AbandonAttempt(),
            new ReportFailure(later)),
        row(
            "a timer later than 100 ms leaves 100 ms for an answer that lies there unread",
            RULES,
            new Attempting(GOOD_STANDING, SLOT, SLOT, T - 100 * MILLI - 1, false),
            TIMER,
            new Attempting(GOOD_STANDING, SLOT, SLOT, T + 100 * MILLI, true)),
        row(
            "only once",
            RULES,
            new Attempting(GOOD_STANDING, SLOT, T - 5 * SECOND, T - SECOND, true),
            TIMER,
            new Ending(against(GOOD, 1), SLOT),
            new AbandonAttempt(),
            new ReportFailure(late)),
        row(
            "a result within the grace counts as what it says",
            RULES,
            new Attempting(GOOD_STANDING, SLOT, SLOT, T + 1, true),
            PASSED,
            regular(GOOD_STANDING)));
  }

  static List<CheckRow> ending() {
    return List.of(
        row(
            "no attempt starts while an abandoned one is not gone",
            SCRIPT,
            new Ending(against(GOOD, 1), SLOT),
            TIMER,
            new Ending(against(GOOD, 1), SLOT)),
        row(
            "what an abandoned attempt says in the end does not count",
            RULES,
            new Ending(GOOD_STANDING, SLOT),
            FAILED,
            regular(GOOD_STANDING)),
        row(
            "the retry delay runs from the end of an abandoned attempt",
            RULES,
            new Ending(against(GOOD, 1), SLOT),
            PASSED,
            retry(against(GOOD, 1))));
  }

  static List<CheckRow> jitter() {
    CheckRules jittery = rules(new Schedule(0, 0, 10 * SECOND, PAUSE, 20), 1, 2);
    Waiting delayed = new Waiting(GOOD_STANDING, SLOT + 10 * SECOND, SLOT + 11 * SECOND);
    return List.of(
        row(
            "jitter 20: half of it is one of ten seconds, and the slot stays where it is",
            jittery,
            attempting(GOOD_STANDING),
            PASSED,
            delayed),
        row(
            "an attempt that jitter delays starts no earlier",
            jittery,
            new Waiting(GOOD_STANDING, T - 1, T + 1),
            TIMER,
            new Waiting(GOOD_STANDING, T - 1, T + 1)),
        row(
            "and counts from its slot",
            jittery,
            new Waiting(GOOD_STANDING, T - SECOND, T),
            TIMER,
            new Attempting(GOOD_STANDING, T - SECOND, T, T + 5 * SECOND, false),
            new StartAttempt()),
        row(
            "pauses for confirming have no jitter",
            jittery,
            attempting(GOOD_STANDING),
            FAILED,
            retry(against(GOOD, 1)),
            new ReportFailure(REFUSED)));
  }

  static List<CheckRow> fastInterval() {
    CheckRules fast = rules(new Schedule(0, 0, 10 * SECOND, new Confirming(MILLI, MILLI), 0), 3, 3);
    return List.of(
        row(
            "fast_interval: the next attempt comes soon while failures are counted",
            fast,
            attempting(against(GOOD, 1)),
            FAILED,
            new Waiting(against(GOOD, 2), SLOT, T + MILLI),
            new ReportFailure(REFUSED)),
        row(
            "and while successes are",
            fast,
            attempting(FAILED_STANDING),
            PASSED,
            new Waiting(against(Verdict.FAILED, 1), SLOT, T + MILLI)),
        row(
            "a failure that says nothing new goes back to the period",
            fast,
            attempting(against(Verdict.FAILED, 2)),
            FAILED,
            regular(FAILED_STANDING),
            new ReportFailure(REFUSED)),
        row(
            "what decides goes back to the period",
            fast,
            attempting(against(Verdict.FAILED, 2)),
            PASSED,
            regular(GOOD_STANDING),
            new ReportVerdict(GOOD, OK, 3)),
        row(
            "an attempt that was abandoned is followed as fast",
            fast,
            new Ending(against(GOOD, 1), SLOT),
            PASSED,
            new Waiting(against(GOOD, 1), SLOT, T + MILLI)),
        row(
            "a presumption is not confirmed faster",
            fast,
            attempting(NEW),
            new AttemptEnded(STARVED),
            regular(NEW),
            new ReportFailure(STARVED)));
  }
}
