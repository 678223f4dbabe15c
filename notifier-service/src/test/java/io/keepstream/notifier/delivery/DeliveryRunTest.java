package io.keepstream.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.notifier.delivery.Input.Ended;
import io.keepstream.notifier.delivery.Input.Offered;
import io.keepstream.notifier.delivery.Input.Opened;
import io.keepstream.notifier.delivery.Input.TimerExpired;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long random runs: order holds, nothing vanishes uncounted, edges alternate. */
class DeliveryRunTest {
  private static final DeliveryConfig CONFIG = new DeliveryConfig("kafka", 8, 100, 5_000, 2_000);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void keepsItsPromises(long seed) {
    Run run = new Run(new Random(seed));
    for (int step = 0; step < 20_000; step++) {
      run.step();
    }
    run.settle();
    assertThat(run.delivered).isSorted().doesNotHaveDuplicates();
    assertThat(run.delivered.size() + run.dropped).isEqualTo(run.offered);
    assertThat(run.state.health().working()).isTrue();
    assertThat(run.state.delivered()).isEqualTo(run.delivered.size());
  }

  private static final class Run {
    private final Random random;
    private final List<Integer> delivered = new ArrayList<>();
    private State<Integer> state = State.fresh(0);
    private long nowNanos;
    private int offered;
    private long dropped;
    private boolean attempting;
    private Integer sending;
    private boolean saidFailing;

    Run(Random random) {
      this.random = random;
      apply(new Opened<>());
    }

    void step() {
      nowNanos += random.nextInt(200);
      switch (random.nextInt(4)) {
        case 0 -> apply(new Offered<>(++offered));
        case 1 -> end(random.nextInt(3));
        case 2 -> apply(new TimerExpired<>());
        default -> {
          // Time passes.
        }
      }
    }

    void settle() {
      while (!(state.phase() instanceof Phase.Idle)) {
        nowNanos += 10_000;
        apply(new TimerExpired<>());
        end(0);
      }
    }

    private void end(int kind) {
      if (!attempting) {
        return;
      }
      attempting = false;
      Outcome outcome =
          switch (kind) {
            case 0 -> Outcome.DONE;
            case 1 -> new Outcome.Retry("again");
            default -> new Outcome.GivenUp("never");
          };
      if (kind == 0 && sending != null) {
        delivered.add(sending);
      }
      apply(new Ended<>(outcome, random.nextDouble()));
    }

    private void apply(Input<Integer> input) {
      long lostBefore = state.health().dropped();
      boolean wasWorking = state.health().working();
      Transition<Integer> next = Delivery.next(CONFIG, state, input, nowNanos);
      state = next.state();
      if (!state.health().working()) {
        dropped += state.health().dropped() - (wasWorking ? 0 : lostBefore);
      }
      next.effects().forEach(this::perform);
      assertThat(state.queue()).hasSizeLessThanOrEqualTo(CONFIG.queueLimit()).isSorted();
    }

    private void perform(Effect<Integer> effect) {
      switch (effect) {
        case Effect.Open<Integer> _ -> begin(null);
        case Effect.Send<Integer>(Integer message) -> begin(message);
        case Effect.Say<Integer>(DeliveryEvent event) -> {
          assertThat(event instanceof DeliveryEvent.Failing).isNotEqualTo(saidFailing);
          saidFailing = !saidFailing;
        }
      }
    }

    private void begin(Integer message) {
      assertThat(attempting).isFalse();
      attempting = true;
      sending = message;
    }
  }
}
