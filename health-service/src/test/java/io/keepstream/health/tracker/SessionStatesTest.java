package io.keepstream.health.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdEvent;
import io.keepstream.contract.event.BfdState;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionStatesTest {
  private final SessionStates states = new SessionStates();

  private static Source source(String boot) {
    return new Source("n", Service.ELECTION, boot);
  }

  private void event(long sequence, Event event) {
    states.take(new Envelope(source("one"), sequence, Instant.EPOCH, event));
  }

  private void snapshot(String boot, long lastSequence, BfdState state, BfdDiagnostic diagnostic) {
    ServiceState.BfdSession session =
        new ServiceState.BfdSession(
            "B",
            "10.0.0.2",
            state,
            0,
            diagnostic,
            BfdState.DOWN,
            BfdDiagnostic.NONE,
            1,
            1,
            null,
            Map.of());
    states.take(
        new Snapshot(
            source(boot),
            lastSequence,
            Instant.EPOCH,
            new ServiceState.Election(List.of(), List.of(session))));
  }

  private static Event up() {
    return new BfdEvent.Up("B", "10.0.0.2", 1, 1);
  }

  private static Event down() {
    return new BfdEvent.Down(
        "B",
        "10.0.0.2",
        1,
        BfdDiagnostic.DETECTION_TIME_EXPIRED,
        BfdState.UP,
        BfdDiagnostic.NONE,
        1);
  }

  private Boolean known() {
    return states.of("B").map(SessionState::up).orElse(null);
  }

  @Test
  void eventsDecide() {
    assertThat(known()).isNull();
    event(1, up());
    assertThat(known()).isTrue();
    event(2, down());
    assertThat(known()).isFalse();
    assertThat(states.of("B").orElseThrow().detail())
        .isEqualTo(
            "session is down (%s), the neighbor said Up last",
            BfdDiagnostic.DETECTION_TIME_EXPIRED.words());
    assertThat(states.of("C")).isEmpty();
  }

  @Test
  void whatHasNeverBeenUpIsNotKnown() {
    snapshot("one", 0, BfdState.DOWN, BfdDiagnostic.NONE);
    snapshot("one", 0, BfdState.INIT, BfdDiagnostic.NONE);
    assertThat(known()).isNull();
    snapshot("one", 0, BfdState.UP, BfdDiagnostic.NONE);
    assertThat(known()).isTrue();
  }

  @Test
  void whatWentDownBeforeWeListenedIsKnown() {
    snapshot("one", 0, BfdState.DOWN, BfdDiagnostic.DETECTION_TIME_EXPIRED);
    assertThat(known()).isFalse();
  }

  @Test
  void aSnapshotMakesUpForWhatWasMissed() {
    event(1, up());
    snapshot("one", 2, BfdState.DOWN, BfdDiagnostic.NONE);
    assertThat(known()).isFalse();
  }

  @Test
  void anOldSnapshotContradictsNothing() {
    event(5, up());
    snapshot("one", 4, BfdState.DOWN, BfdDiagnostic.DETECTION_TIME_EXPIRED);
    assertThat(known()).isTrue();
    snapshot("two", 0, BfdState.DOWN, BfdDiagnostic.DETECTION_TIME_EXPIRED);
    assertThat(known()).as("of another boot").isFalse();
  }
}
