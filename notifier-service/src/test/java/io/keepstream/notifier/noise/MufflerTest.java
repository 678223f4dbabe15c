package io.keepstream.notifier.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NoiseEvent.FlappingBegan;
import io.keepstream.contract.event.NoiseEvent.FlappingEnded;
import io.keepstream.contract.event.OperatorEvent;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.LeftOut;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MufflerTest {
  private static final String SUBJECT = Events.down().subject();
  private static final Event BEGAN = new FlappingBegan(SUBJECT, 3, 3000);
  private static final Event ENDED = new FlappingEnded(SUBJECT, 9, 1000, false);

  private Muffler muffler = Muffler.OPEN;

  @Test
  void ofWhatFlapsOnlyTheBeginningAndTheEndAreHeard() {
    hear(Set.of(LeftOut.FLAPPING), BEGAN);
    assertThat(muffler.passes(BEGAN)).isTrue();
    assertThat(muffler.passes(Events.up())).isFalse();
    assertThat(muffler.passes(Events.up(Events.backend(7)))).isTrue();
    assertThat(muffler.passes(ENDED)).isTrue();
    hear(Set.of(LeftOut.FLAPPING), ENDED);
    assertThat(muffler.passes(Events.up())).isTrue();
  }

  @Test
  void ofWhatIsDrainedOnlyWhatTheOperatorDidIsHeard() {
    Event drained =
        new OperatorEvent.DrainStarted(Events.BACKEND, "root", "new disk", true, null, null);
    Event undrained = new OperatorEvent.Undrained(Events.BACKEND, "root", 60_000);
    hear(Set.of(LeftOut.DRAINED), drained);
    assertThat(muffler.passes(Events.down())).isFalse();
    assertThat(muffler.passes(BEGAN)).isFalse();
    assertThat(muffler.passes(undrained)).isTrue();
    assertThat(muffler.passes(Events.up(Events.backend(7)))).isTrue();
    hear(Set.of(LeftOut.DRAINED), undrained);
    assertThat(muffler.passes(Events.down())).isTrue();
  }

  @Test
  void whoDidNotAskHearsAll() {
    hear(Set.of(), BEGAN);
    hear(Set.of(LeftOut.DRAINED), BEGAN);
    assertThat(muffler.passes(Events.up())).isTrue();
  }

  private void hear(Set<LeftOut> leftOut, Event event) {
    muffler = muffler.after(leftOut, event);
  }
}
