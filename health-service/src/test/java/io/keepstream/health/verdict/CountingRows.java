package io.keepstream.health.verdict;

import static io.keepstream.health.verdict.CheckRow.FAILED;
import static io.keepstream.health.verdict.CheckRow.FAILED_STANDING;
import static io.keepstream.health.verdict.CheckRow.GOOD_STANDING;
import static io.keepstream.health.verdict.CheckRow.NEW;
import static io.keepstream.health.verdict.CheckRow.NEW_ALPHA;
import static io.keepstream.health.verdict.CheckRow.OK;
import static io.keepstream.health.verdict.CheckRow.PASSED;
import static io.keepstream.health.verdict.CheckRow.REFUSED;
import static io.keepstream.health.verdict.CheckRow.RULES;
import static io.keepstream.health.verdict.CheckRow.SCRIPT;
import static io.keepstream.health.verdict.CheckRow.STARVED;
import static io.keepstream.health.verdict.CheckRow.STUBBORN;
import static io.keepstream.health.verdict.CheckRow.against;
import static io.keepstream.health.verdict.CheckRow.attempting;
import static io.keepstream.health.verdict.CheckRow.regular;
import static io.keepstream.health.verdict.CheckRow.retry;
import static io.keepstream.health.verdict.CheckRow.row;

import io.keepstream.health.verdict.Effect.ReportFailure;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.Event.AttemptEnded;
import java.util.List;

/** What results mean for the verdict. */
final class CountingRows {
  private CountingRows() {}

  static List<CheckRow> first() {
    return List.of(
        row(
            "the very first result decides alone: success",
            SCRIPT,
            attempting(NEW),
            PASSED,
            regular(GOOD_STANDING),
            new ReportVerdict(Verdict.GOOD, OK, 1)),
        row(
            "the very first result decides alone: failure",
            SCRIPT,
            attempting(NEW),
            FAILED,
            regular(FAILED_STANDING),
            new ReportFailure(REFUSED),
            new ReportVerdict(Verdict.FAILED, REFUSED, 1)),
        row(
            "one success is enough to leave a failure that was only presumed",
            STUBBORN,
            attempting(NEW_ALPHA),
            PASSED,
            regular(GOOD_STANDING),
            new ReportVerdict(Verdict.GOOD, OK, 1)),
        row(
            "a first failure confirms the presumed one",
            STUBBORN,
            attempting(NEW_ALPHA),
            FAILED,
            regular(FAILED_STANDING),
            new ReportFailure(REFUSED),
            new ReportVerdict(Verdict.FAILED, REFUSED, 1)));
  }

  static List<CheckRow> counted() {
    return List.of(
        row(
            "retry 1: the first failure does not decide",
            RULES,
            attempting(GOOD_STANDING),
            FAILED,
            retry(against(Verdict.GOOD, 1)),
            new ReportFailure(REFUSED)),
        row(
            "retry 1: the second failure in a row decides",
            RULES,
            attempting(against(Verdict.GOOD, 1)),
            FAILED,
            regular(FAILED_STANDING),
            new ReportFailure(REFUSED),
            new ReportVerdict(Verdict.FAILED, REFUSED, 2)),
        row(
            "a success resets the failures",
            STUBBORN,
            attempting(against(Verdict.GOOD, 2)),
            PASSED,
            regular(GOOD_STANDING)),
        row(
            "one success ends a failure",
            RULES,
            attempting(FAILED_STANDING),
            PASSED,
            regular(GOOD_STANDING),
            new ReportVerdict(Verdict.GOOD, OK, 1)),
        row(
            "rise 3: the second success does not decide, and attempts keep to the period",
            STUBBORN,
            attempting(against(Verdict.FAILED, 1)),
            PASSED,
            regular(against(Verdict.FAILED, 2))),
        row(
            "rise 3: the third success in a row decides",
            STUBBORN,
            attempting(against(Verdict.FAILED, 2)),
            PASSED,
            regular(GOOD_STANDING),
            new ReportVerdict(Verdict.GOOD, OK, 3)),
        row(
            "a failure resets the successes",
            STUBBORN,
            attempting(against(Verdict.FAILED, 2)),
            FAILED,
            regular(FAILED_STANDING),
            new ReportFailure(REFUSED)));
  }

  static List<CheckRow> inconclusive() {
    Event starved = new AttemptEnded(STARVED);
    return List.of(
        row(
            "what says nothing about the target leaves the verdict as it is",
            RULES,
            attempting(against(Verdict.FAILED, 1)),
            starved,
            regular(against(Verdict.FAILED, 1)),
            new ReportFailure(STARVED)),
        row(
            "and is no first result",
            RULES,
            attempting(NEW),
            starved,
            regular(NEW),
            new ReportFailure(STARVED)));
  }
}
