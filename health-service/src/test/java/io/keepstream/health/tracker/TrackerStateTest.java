package io.keepstream.health.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.contract.event.TrackerRef;
import org.junit.jupiter.api.Test;

class TrackerStateTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TrackerRef CHK = new TrackerRef(TrackerRef.Kind.SCRIPT, "chk");

  private final TrackerState unknown = TrackerState.unknown(CHK, SECOND);

  @Test
  void theFirstVerdictIsSaidEitherWay() {
    assertThat(unknown.decided(true, null, "exit status 0", 2 * SECOND).event())
        .isEqualTo(new TrackerChanged(CHK, true, null, true, 0, "exit status 0"));
    assertThat(unknown.decided(false, null, "exit status 1", 2 * SECOND).event())
        .isEqualTo(new TrackerChanged(CHK, false, null, true, 0, "exit status 1"));
  }

  @Test
  void aChangeSaysHowLongThePreviousVerdictLasted() {
    TrackerState up = unknown.decided(true, null, "exit status 0", 2 * SECOND).next();
    TrackerState.Step step = up.decided(false, null, "exit status 1", 5 * SECOND);
    assertThat(step.event())
        .isEqualTo(new TrackerChanged(CHK, false, null, false, 3000, "exit status 1"));
    assertThat(step.next())
        .isEqualTo(new TrackerState(CHK, true, false, null, 5 * SECOND, "exit status 1"));
  }

  @Test
  void theSameVerdictIsNotRepeated() {
    TrackerState up = unknown.decided(true, null, "exit status 0", 2 * SECOND).next();
    assertThat(up.decided(true, null, "exit status 0", 5 * SECOND))
        .isEqualTo(new TrackerState.Step(up, null));
  }

  @Test
  void anotherNumberInAFileIsNews() {
    TrackerRef file = new TrackerRef(TrackerRef.Kind.FILE, "load");
    TrackerState ten = TrackerState.unknown(file, 0).decided(true, 10, null, SECOND).next();
    assertThat(ten.decided(true, 10, null, 2 * SECOND).event()).isNull();
    assertThat(ten.decided(true, -3, null, 2 * SECOND).event())
        .isEqualTo(new TrackerChanged(file, true, -3, false, 1000, null))
        .extracting(TrackerChanged::summary)
        .isEqualTo("Track file `load` now says -3");
  }
}
