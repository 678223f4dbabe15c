package io.keepstream.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.contract.event.TrackerRef;
import org.junit.jupiter.api.Test;

class ScriptTrackerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TrackerRef CHK = new TrackerRef(TrackerRef.Kind.SCRIPT, "chk");

  private final ScriptTracker unknown = ScriptTracker.unknown(CHK, SECOND);

  @Test
  void theFirstVerdictIsSaidEitherWay() {
    assertThat(unknown.decided(true, "exit status 0", 2 * SECOND).event())
        .isEqualTo(new TrackerChanged(CHK, true, null, true, 0, "exit status 0"));
    assertThat(unknown.decided(false, "exit status 1", 2 * SECOND).event())
        .isEqualTo(new TrackerChanged(CHK, false, null, true, 0, "exit status 1"));
  }

  @Test
  void aChangeSaysHowLongThePreviousVerdictLasted() {
    ScriptTracker up = unknown.decided(true, "exit status 0", 2 * SECOND).next();
    ScriptTracker.Step step = up.decided(false, "exit status 1", 5 * SECOND);
    assertThat(step.event())
        .isEqualTo(new TrackerChanged(CHK, false, null, false, 3000, "exit status 1"));
    assertThat(step.next())
        .isEqualTo(new ScriptTracker(CHK, true, false, 5 * SECOND, "exit status 1"));
  }

  @Test
  void theSameVerdictIsNotRepeated() {
    ScriptTracker up = unknown.decided(true, "exit status 0", 2 * SECOND).next();
    assertThat(up.decided(true, "exit status 0", 5 * SECOND))
        .isEqualTo(new ScriptTracker.Step(up, null));
  }
}
