package io.keepstream.notifier.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.GroupChanged;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.notifier.Events;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastStatesTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final LastStates states = new LastStates();
  private long sequence;

  private Envelope at(long millis, Event event) {
    Envelope envelope = new Envelope(Events.ELECTION, ++sequence, START.plusMillis(millis), event);
    states.note(envelope);
    return envelope;
  }

  @Test
  void whatAReloadHasLeftIsSaidAgainAsItIsNow() {
    at(0, new GroupChanged("G1", VrrpState.INIT, VrrpState.MASTER, 1, List.of("VI_1")));
    at(1, Events.instance("VI_1", VrrpState.BACKUP, VrrpState.MASTER));
    at(2, Events.instance("VI_2", VrrpState.INIT, VrrpState.BACKUP));
    at(3, Events.instance("VI_3", VrrpState.INIT, VrrpState.BACKUP));
    at(4, Events.instance("VI_4", VrrpState.INIT, VrrpState.BACKUP));
    at(
        950,
        new VrrpEvent.PriorityChanged(
            Events.router("VI_1"), VrrpState.MASTER, 100, Priority.of(120)));
    at(960, new VrrpEvent.Renamed(Events.router("VI_5"), VrrpState.BACKUP, "VI_4"));
    at(970, Events.instance("VI_2", VrrpState.BACKUP, VrrpState.MASTER));
    at(980, Events.instance("VI_3", VrrpState.BACKUP, VrrpState.DELETED));
    Envelope reloaded = at(1000, new NodeEvent.ConfigReloaded("f", 100));
    assertThat(states.lines(reloaded))
        .contains(
            "INSTANCE \"VI_1\" MASTER 120\nINSTANCE \"VI_5\" BACKUP 100\nGROUP \"G1\" MASTER 0\n");
  }

  @Test
  void aPriorityThatIsConfiguredAnewIsToldFromOneThatTrackersChange() {
    at(0, Events.instance("VI_1", VrrpState.BACKUP, VrrpState.MASTER));
    List<Priority.Share> weighed = List.of(new Priority.Share("script chk", -30));
    assertThat(states.configured(at(1, changed(100, new Priority(100, 70, weighed))))).isFalse();
    assertThat(states.configured(at(2, changed(70, new Priority(120, 90, weighed))))).isTrue();
    assertThat(states.configured(at(3, changed(90, Priority.of(120))))).isFalse();
    // A reload that a weight made up for was not told; now the tracker changes.
    assertThat(states.configured(at(4, changed(120, new Priority(150, 110, weighed))))).isFalse();
  }

  private static Event changed(int previous, Priority priority) {
    return new VrrpEvent.PriorityChanged(
        Events.router("VI_1"), VrrpState.MASTER, previous, priority);
  }

  @Test
  void nothingIsSaidWhereThereIsNothing() {
    assertThat(states.lines(at(0, new NodeEvent.ConfigReloaded("f", 1)))).isEmpty();
  }
}
