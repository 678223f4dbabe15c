package io.keepstream.health.verdict;

import static io.keepstream.health.verdict.CheckRow.EVERY_10_S;
import static io.keepstream.health.verdict.CheckRow.FAILED;
import static io.keepstream.health.verdict.CheckRow.FAILED_STANDING;
import static io.keepstream.health.verdict.CheckRow.GOOD_STANDING;
import static io.keepstream.health.verdict.CheckRow.MILLI;
import static io.keepstream.health.verdict.CheckRow.NEW_ALPHA;
import static io.keepstream.health.verdict.CheckRow.PASSED;
import static io.keepstream.health.verdict.CheckRow.RULES;
import static io.keepstream.health.verdict.CheckRow.SECOND;
import static io.keepstream.health.verdict.CheckRow.SLOT;
import static io.keepstream.health.verdict.CheckRow.T;
import static io.keepstream.health.verdict.CheckRow.TIMER;
import static io.keepstream.health.verdict.CheckRow.against;
import static io.keepstream.health.verdict.CheckRow.attempting;
import static io.keepstream.health.verdict.CheckRow.regular;
import static io.keepstream.health.verdict.CheckRow.row;
import static io.keepstream.health.verdict.CheckRow.rules;

import io.keepstream.health.verdict.Effect.AbandonAttempt;
import io.keepstream.health.verdict.Event.Resume;
import io.keepstream.health.verdict.Event.Suspend;
import io.keepstream.health.verdict.State.Ending;
import io.keepstream.health.verdict.State.Suspended;
import io.keepstream.health.verdict.State.Waiting;
import java.util.List;

/** What suspending and resuming a check do. */
final class SuspensionRows {
  private static final Event SUSPEND = new Suspend();
  private static final Event RESUME = new Resume(0.25);
  private static final long EARLIER = 7 * SECOND;
  private static final CheckRules EVERY_100_MS =
      rules(new Schedule(SECOND, 0, 100 * MILLI, SECOND), 1, 2);

  private SuspensionRows() {}

  static List<CheckRow> suspended() {
    return List.of(
        row(
            "a suspended check keeps its verdict and waits for nothing",
            RULES,
            regular(FAILED_STANDING),
            SUSPEND,
            new Suspended(FAILED_STANDING, T, false)),
        row(
            "what was counted against the verdict is forgotten",
            RULES,
            regular(against(Verdict.GOOD, 1)),
            SUSPEND,
            new Suspended(GOOD_STANDING, T, false)),
        row(
            "what was presumed stays presumed",
            RULES,
            regular(NEW_ALPHA),
            SUSPEND,
            new Suspended(NEW_ALPHA, T, false)),
        row(
            "an attempt that runs is abandoned and does not count",
            RULES,
            attempting(GOOD_STANDING),
            SUSPEND,
            new Suspended(GOOD_STANDING, T, true),
            new AbandonAttempt()),
        row(
            "an attempt that was abandoned already is awaited",
            RULES,
            new Ending(GOOD_STANDING, SLOT),
            SUSPEND,
            new Suspended(GOOD_STANDING, T, true)),
        row(
            "suspended twice is suspended since the first time",
            RULES,
            new Suspended(GOOD_STANDING, EARLIER, true),
            SUSPEND,
            new Suspended(GOOD_STANDING, EARLIER, true)),
        row(
            "no timer makes an attempt",
            RULES,
            new Suspended(GOOD_STANDING, EARLIER, false),
            TIMER,
            new Suspended(GOOD_STANDING, EARLIER, false)),
        row(
            "what the abandoned attempt found does not count",
            RULES,
            new Suspended(GOOD_STANDING, EARLIER, true),
            FAILED,
            new Suspended(GOOD_STANDING, EARLIER, false)));
  }

  static List<CheckRow> resumed() {
    return List.of(
        row(
            "a resumed check is attempted within a second",
            RULES,
            new Suspended(FAILED_STANDING, EARLIER, false),
            RESUME,
            new Waiting(FAILED_STANDING, T + 250 * MILLI, T + 250 * MILLI)),
        row(
            "or within a period that is shorter",
            EVERY_100_MS,
            new Suspended(FAILED_STANDING, EARLIER, false),
            RESUME,
            new Waiting(FAILED_STANDING, T + 25 * MILLI, T + 25 * MILLI)),
        row(
            "an attempt of before is awaited first",
            RULES,
            new Suspended(GOOD_STANDING, EARLIER, true),
            RESUME,
            new Ending(GOOD_STANDING, T + 250 * MILLI - EVERY_10_S.periodNanos())),
        row(
            "and when it is gone before the next one is due, that is due as it was",
            RULES,
            new Ending(GOOD_STANDING, T + 250 * MILLI - EVERY_10_S.periodNanos()),
            PASSED,
            new Waiting(GOOD_STANDING, T + 250 * MILLI, T + 250 * MILLI)),
        row(
            "who is not suspended cannot be resumed: waiting",
            RULES,
            regular(GOOD_STANDING),
            RESUME,
            regular(GOOD_STANDING)),
        row(
            "who is not suspended cannot be resumed: attempting",
            RULES,
            attempting(GOOD_STANDING),
            RESUME,
            attempting(GOOD_STANDING)),
        row(
            "who is not suspended cannot be resumed: ending",
            RULES,
            new Ending(GOOD_STANDING, SLOT),
            RESUME,
            new Ending(GOOD_STANDING, SLOT)));
  }
}
