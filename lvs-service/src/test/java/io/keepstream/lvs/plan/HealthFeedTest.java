package io.keepstream.lvs.plan;

import static io.keepstream.lvs.plan.Samples.backend;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.CheckEvidence;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthFeedTest {
  private static final Source BOOT_1 = new Source("n1", Service.HEALTH, "one");
  private static final Source BOOT_2 = new Source("n1", Service.HEALTH, "two");
  private static final CheckEvidence EVIDENCE = new CheckEvidence("TCP_CHECK", "OK", null, 1, 1);

  private final HealthFeed feed = new HealthFeed();

  private static Envelope event(Source source, long sequence, Event event) {
    return new Envelope(source, sequence, Instant.EPOCH, event);
  }

  private static Event up(int last) {
    return new BackendEvent.Up(backend(last), 1, EVIDENCE);
  }

  private static Event down(int last) {
    return new BackendEvent.Down(backend(last), 1, EVIDENCE);
  }

  private static Snapshot snapshot(Source source, long lastSequence, boolean firstUp) {
    List<ServiceState.Backend> backends =
        List.of(new ServiceState.Backend(backend(1), firstUp, 0, EVIDENCE, 0, null));
    return new Snapshot(
        source, lastSequence, Instant.EPOCH, new ServiceState.Health(backends, List.of()));
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(feed.verdicts()).isEmpty();
    assertThat(feed.complete()).isFalse();
  }

  @Test
  void eventsChangeVerdicts() {
    feed.take(snapshot(BOOT_1, 0, true));
    assertThat(feed.take(event(BOOT_1, 1, down(1)))).isTrue();
    assertThat(feed.take(event(BOOT_1, 2, down(1)))).isFalse();
    assertThat(feed.take(event(BOOT_1, 3, up(2)))).isTrue();
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), Verdict.DOWN, backend(2), Verdict.UP));
    assertThat(feed.complete()).isTrue();
  }

  @Test
  void weightsAreAdjustedWhetherUpOrDown() {
    feed.take(snapshot(BOOT_1, 0, true));
    assertThat(feed.take(event(BOOT_1, 1, weight(1, 5)))).isTrue();
    assertThat(feed.take(event(BOOT_1, 2, weight(1, 5)))).isFalse();
    assertThat(feed.take(event(BOOT_1, 3, down(1)))).isTrue();
    assertThat(feed.take(event(BOOT_1, 4, weight(2, 1)))).as("of an unknown server").isFalse();
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), new Verdict(false, 5)));
  }

  @Test
  void aSnapshotBringsTheWeights() {
    feed.take(snapshot(BOOT_1, 0, true));
    List<ServiceState.Backend> backends =
        List.of(new ServiceState.Backend(backend(1), true, 0, EVIDENCE, -3, null));
    feed.take(new Snapshot(BOOT_1, 7, Instant.EPOCH, new ServiceState.Health(backends, List.of())));
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), new Verdict(true, -3)));
    feed.take(presuming(BOOT_2, true));
    assertThat(feed.verdicts())
        .as("a new boot has not looked yet")
        .isEqualTo(Map.of(backend(1), new Verdict(true, -3)));
  }

  private static Event weight(int last, int adjustment) {
    return new BackendEvent.WeightAdjusted(backend(last), 0, adjustment, EVIDENCE);
  }

  @Test
  void otherEventsOnlyCount() {
    feed.take(snapshot(BOOT_1, 0, true));
    assertThat(feed.take(event(BOOT_1, 1, new BackendEvent.Removed(backend(1))))).isFalse();
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), Verdict.UP));
  }

  @Test
  void aGapAsksForASnapshotThatReachesIt() {
    feed.take(snapshot(BOOT_1, 1, true));
    feed.take(event(BOOT_1, 3, down(2)));
    assertThat(feed.complete()).isFalse();
    assertThat(feed.take(snapshot(BOOT_1, 2, false))).as("older than the event").isFalse();
    assertThat(feed.take(snapshot(BOOT_1, 3, false))).isTrue();
    assertThat(feed.complete()).isTrue();
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), Verdict.DOWN));
  }

  @Test
  void aSnapshotThatSaysNothingNewIsLeft() {
    feed.take(snapshot(BOOT_1, 4, true));
    assertThat(feed.take(snapshot(BOOT_1, 4, true))).isFalse();
  }

  @Test
  void aSnapshotAheadOfTheEventsIsTaken() {
    feed.take(snapshot(BOOT_1, 4, true));
    assertThat(feed.take(snapshot(BOOT_1, 6, false))).isTrue();
    assertThat(feed.take(event(BOOT_1, 5, up(1)))).as("part of the snapshot").isFalse();
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), Verdict.DOWN));
  }

  @Test
  void aNewBootIsIncompleteAndKeepsTheVerdictsSoFar() {
    feed.take(snapshot(BOOT_1, 9, false));
    assertThat(feed.take(event(BOOT_2, 1, down(2)))).isTrue();
    assertThat(feed.complete()).isFalse();
    assertThat(feed.verdicts())
        .isEqualTo(Map.of(backend(1), Verdict.DOWN, backend(2), Verdict.DOWN));
    assertThat(feed.take(snapshot(BOOT_2, 1, true))).isTrue();
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), Verdict.UP));
  }

  private static Snapshot presuming(Source source, boolean firstUp) {
    List<ServiceState.Backend> backends =
        List.of(new ServiceState.Backend(backend(1), firstUp, 0, null, 0, null));
    return new Snapshot(source, 0, Instant.EPOCH, new ServiceState.Health(backends, List.of()));
  }

  @Test
  void whatANewBootPresumesDoesNotContradict() {
    feed.take(snapshot(BOOT_1, 9, false));
    assertThat(feed.take(presuming(BOOT_2, true))).isTrue();
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), Verdict.DOWN));
    assertThat(feed.take(snapshot(BOOT_2, 0, true)))
        .as("decided without an event, as presumed")
        .isTrue();
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), Verdict.UP));
    assertThat(feed.take(snapshot(BOOT_2, 0, true))).isFalse();
  }

  @Test
  void whatIsPresumedIsBetterThanNothing() {
    feed.take(presuming(BOOT_1, false));
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), Verdict.DOWN));
  }

  @Test
  void whatIsNoLongerConfiguredIsForgottenAndTheNextSnapshotCounts() {
    feed.take(snapshot(BOOT_1, 3, false));
    feed.keepOnly(Set.of(backend(1)));
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), Verdict.DOWN));
    feed.keepOnly(Set.of(backend(2)));
    assertThat(feed.verdicts()).isEmpty();
    assertThat(feed.complete()).isFalse();
    assertThat(feed.take(snapshot(BOOT_1, 3, true))).as("without an event since").isTrue();
    assertThat(feed.verdicts()).isEqualTo(Map.of(backend(1), Verdict.UP));
  }

  @Test
  void aSnapshotOfAnotherServiceIsNoVerdict() {
    Snapshot other =
        new Snapshot(
            BOOT_1, 1, Instant.EPOCH, new ServiceState.Lvs("ipvs", List.of(), List.of(), null));
    assertThat(feed.take(other)).isFalse();
  }
}
