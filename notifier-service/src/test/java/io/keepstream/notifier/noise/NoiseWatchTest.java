package io.keepstream.notifier.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NoiseEvent;
import io.keepstream.contract.event.NoiseEvent.FlappingBegan;
import io.keepstream.contract.event.NoiseEvent.FlappingEnded;
import io.keepstream.contract.event.NoiseEvent.TroubleLasts;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.noise.NoiseConfig.Damping;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoiseWatchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Damping DAMPING = new Damping(3000, 750, 60 * SECOND);
  private static final String SUBJECT = Events.down().subject();

  private NoiseWatch watch = new NoiseWatch(new NoiseConfig(Optional.of(DAMPING), Long.MAX_VALUE));
  private long now = SECOND;
  private long sequence;

  @Test
  void theChangeThatReachesTheBoundIsToldToFlapOnce() {
    assertThat(heard(Events.down())).isEmpty();
    assertThat(heard(Events.up())).isEmpty();
    assertThat(heard(Events.down())).containsExactly(new FlappingBegan(SUBJECT, 3, 3000));
    assertThat(heard(Events.up())).isEmpty();
  }

  @Test
  void changesThatAreRareEnoughNeverFlap() {
    for (int i = 0; i < 100; i++) {
      assertThat(heard(i % 2 == 0 ? Events.down() : Events.up())).isEmpty();
      now += 60 * SECOND;
    }
  }

  @Test
  void theSameAgainIsNoChange() {
    for (int i = 0; i < 10; i++) {
      assertThat(heard(Events.down())).isEmpty();
    }
  }

  @Test
  void itEndsWhenThePenaltyHasDecayedAndSaysHowItIs() {
    flap();
    // 3000 falls to 750 in two half-lives.
    now += 119 * SECOND;
    assertThat(watch.timerExpired(now)).isEmpty();
    assertThat(watch.deadlineNanos()).isBetween(now, now + 2 * SECOND);
    now = watch.deadlineNanos();
    assertThat(watch.timerExpired(now))
        .singleElement()
        .satisfies(
            event -> {
              FlappingEnded ended = (FlappingEnded) event;
              assertThat(ended.changes()).isEqualTo(3);
              assertThat(ended.lastedMillis()).isBetween(120_000L, 120_001L);
              assertThat(ended.troubled()).isTrue();
            });
    assertThat(watch.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theWorstIsHeardOfAgainInAForeseeableTime() {
    for (int i = 0; i < 10_000; i++) {
      heard(i % 2 == 0 ? Events.down() : Events.up());
    }
    assertThat(watch.deadlineNanos() - now).isLessThanOrEqualTo(4 * 60 * SECOND + 2);
  }

  @Test
  void aSubjectThatIsQuietIsForgotten() {
    heard(Events.down());
    heard(Events.up());
    now = watch.deadlineNanos();
    assertThat(watch.timerExpired(now)).isEmpty();
    assertThat(watch.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void troubleIsSaidAgainUntilItIsOver() {
    watch = new NoiseWatch(new NoiseConfig(Optional.empty(), 30 * SECOND));
    heard(Events.down());
    now += 30 * SECOND;
    TroubleLasts first =
        new TroubleLasts(SUBJECT, SUBJECT, "error", id(1), Events.down().summary(), 30_000);
    assertThat(watch.timerExpired(now)).containsExactly(first);
    assertThat(watch.timerExpired(now)).isEmpty();
    now = watch.deadlineNanos();
    assertThat(watch.timerExpired(now))
        .singleElement()
        .satisfies(again -> assertThat(((TroubleLasts) again).lastedMillis()).isEqualTo(60_000));
    heard(Events.up());
    assertThat(watch.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void troubleWithWhatIsGoneIsForgotten() {
    watch = new NoiseWatch(new NoiseConfig(Optional.empty(), 30 * SECOND));
    heard(Events.down());
    watch.forget(subject -> !subject.equals(SUBJECT));
    assertThat(watch.deadlineNanos()).isEqualTo(now + 30 * SECOND);
    watch.forget(SUBJECT::equals);
    assertThat(watch.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatFlapsIsNotSaidAgain() {
    watch = new NoiseWatch(new NoiseConfig(Optional.of(DAMPING), 30 * SECOND));
    flap();
    now += 31 * SECOND;
    assertThat(watch.timerExpired(now)).isEmpty();
  }

  @Test
  void otherRulesHoldFromThenOn() {
    flap();
    assertThat(watch.change(new NoiseConfig(Optional.empty(), 5 * SECOND), now))
        .containsExactly(new FlappingEnded(SUBJECT, 3, 0, true));
    now += 5 * SECOND;
    assertThat(watch.timerExpired(now)).singleElement().isInstanceOf(TroubleLasts.class);
    watch.change(NoiseConfig.NONE, now);
    assertThat(watch.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whereNobodyAskedNothingIsKept() {
    watch = new NoiseWatch(NoiseConfig.NONE);
    heard(Events.down());
    watch.change(new NoiseConfig(Optional.empty(), SECOND), now);
    assertThat(watch.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void eachBeginningHasOneEndWhateverHappens() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      watch = new NoiseWatch(new NoiseConfig(Optional.of(DAMPING), Long.MAX_VALUE));
      int open = 0;
      for (int i = 0; i < 200; i++) {
        now += random.nextLong(40 * SECOND);
        for (NoiseEvent event : step(random)) {
          open += event instanceof FlappingBegan ? 1 : -1;
          assertThat(open).as("seed %d", seed).isBetween(0, 1);
        }
      }
      now += 3600 * SECOND;
      assertThat(watch.timerExpired(now)).as("seed %d", seed).hasSize(open);
    }
  }

  private List<NoiseEvent> step(Random random) {
    if (watch.deadlineNanos() <= now) {
      return watch.timerExpired(now);
    }
    return heard(random.nextBoolean() ? Events.down() : Events.up());
  }

  private void flap() {
    heard(Events.down());
    heard(Events.up());
    heard(Events.down());
  }

  private List<NoiseEvent> heard(Event event) {
    return watch.heard(Events.envelope(++sequence, event), now);
  }

  private static String id(long sequence) {
    return Events.envelope(sequence, Events.down()).id();
  }
}
