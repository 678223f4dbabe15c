package io.keepstream.election.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.TrackerRef.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final TrackerRef SOON = new TrackerRef(Kind.SCRIPT, "soon");
  private static final TrackerRef LATE = new TrackerRef(Kind.FILE, "late");

  private final Silence silence = new Silence(Map.of(SOON, 10L, LATE, 30L), 100);

  @Test
  void eachResultHoldsForItsTime() {
    assertThat(silence.overdue(109)).isEmpty();
    assertThat(silence.overdue(110)).containsExactly(SOON);
    assertThat(silence.overdue(130)).containsExactlyInAnyOrder(SOON, LATE);
    assertThat(silence.heard(130).overdue(130)).isEmpty();
  }

  @Test
  void theNextEndIsKnown() {
    assertThat(silence.nextNanos(100)).isEqualTo(110);
    assertThat(silence.nextNanos(110)).isEqualTo(130);
    assertThat(silence.nextNanos(130)).isEqualTo(Long.MAX_VALUE);
    assertThat(silence.within(Map.of()).nextNanos(100)).isEqualTo(Long.MAX_VALUE);
  }
}
