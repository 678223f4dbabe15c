package io.keepstream.health.verdict;

import static io.keepstream.health.verdict.CheckRow.FAILED_STANDING;
import static io.keepstream.health.verdict.CheckRow.GOOD_STANDING;
import static io.keepstream.health.verdict.CheckRow.OK;
import static io.keepstream.health.verdict.CheckRow.REFUSED;
import static io.keepstream.health.verdict.CheckRow.RULES;
import static io.keepstream.health.verdict.CheckRow.attempting;
import static io.keepstream.health.verdict.CheckRow.regular;
import static io.keepstream.health.verdict.CheckRow.row;

import io.keepstream.health.verdict.Effect.ReportFailure;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.Effect.ReportWeight;
import io.keepstream.health.verdict.Event.AttemptEnded;
import java.util.List;

/** What results mean for the weight. */
final class WeightRows {
  private static final CheckResult WEIGHED = OK.withWeightShare(5);

  private WeightRows() {}

  static List<CheckRow> told() {
    return List.of(
        row(
            "a share in the weight is told with every success",
            RULES,
            attempting(GOOD_STANDING),
            new AttemptEnded(WEIGHED),
            regular(GOOD_STANDING),
            new ReportWeight(WEIGHED)),
        row(
            "who comes up has its weight first",
            RULES,
            attempting(FAILED_STANDING),
            new AttemptEnded(WEIGHED),
            regular(GOOD_STANDING),
            new ReportWeight(WEIGHED),
            new ReportVerdict(Verdict.GOOD, WEIGHED, 1)),
        row(
            "a failure has no share",
            RULES,
            attempting(FAILED_STANDING),
            new AttemptEnded(REFUSED.withWeightShare(5)),
            regular(FAILED_STANDING),
            new ReportFailure(REFUSED.withWeightShare(5))));
  }
}
