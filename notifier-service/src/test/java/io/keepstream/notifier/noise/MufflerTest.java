package io.keepstream.notifier.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NoiseEvent.FlappingBegan;
import io.keepstream.contract.event.NoiseEvent.FlappingEnded;
import io.keepstream.contract.event.OperatorEvent;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.LeftOut;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MufflerTest {
  private static final String SUBJECT = Events.down().subject();
  private static final Event BEGAN = new FlappingBegan(SUBJECT, 3, 3000);
  private static final Event ENDED = new FlappingEnded(SUBJECT, 9, 1000, false);
  private static final Event DRAINED =
      new OperatorEvent.DrainStarted(Events.BACKEND, "root", "new disk", true, null, null);
  private static final Event UNDRAINED =
      new OperatorEvent.Undrained(Events.BACKEND, "root", 60_000);

  private final Muffler muffler = new Muffler(100);
  private final Set<LeftOut> leftOut = EnumSet.noneOf(LeftOut.class);

  @Test
  void ofWhatFlapsOnlyTheBeginningAndTheEndAreHeard() {
    leftOut.add(LeftOut.FLAPPING);
    assertThat(passes(Events.down())).isTrue();
    assertThat(passes(BEGAN)).isTrue();
    assertThat(passes(Events.up())).isFalse();
    assertThat(passes(DRAINED)).isFalse();
    assertThat(passes(Events.up(Events.backend(7)))).isTrue();
    assertThat(passes(ENDED)).isTrue();
    assertThat(passes(Events.up())).isTrue();
  }

  @Test
  void ofWhatIsDrainedOnlyWhatTheOperatorDidIsHeard() {
    leftOut.add(LeftOut.DRAINED);
    assertThat(passes(DRAINED)).isTrue();
    assertThat(passes(Events.down())).isFalse();
    assertThat(passes(BEGAN)).isFalse();
    assertThat(passes(Events.up(Events.backend(7)))).isTrue();
    assertThat(passes(UNDRAINED)).isTrue();
    assertThat(passes(Events.down())).isTrue();
  }

  @Test
  void whoDidNotAskHearsAll() {
    assertThat(passes(BEGAN)).isTrue();
    assertThat(passes(DRAINED)).isTrue();
    assertThat(passes(Events.up())).isTrue();
  }

  @Test
  void whoAsksOrNoLongerAsksInTheMidstOfItIsUnderstood() {
    passes(BEGAN);
    leftOut.add(LeftOut.FLAPPING);
    assertThat(passes(Events.up())).isFalse();
    leftOut.clear();
    assertThat(passes(Events.up())).isTrue();
  }

  @Test
  void whatFlappedBeforeTheStartDoesNoLonger() {
    leftOut.add(LeftOut.FLAPPING);
    assertThat(muffler.passes(leftOut, 99, BEGAN)).isTrue();
    assertThat(passes(Events.up())).isTrue();
  }

  private boolean passes(Event event) {
    return muffler.passes(leftOut, 100, event);
  }
}
