package io.keepstream.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.delivery.Progress.Cursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Long random runs with restarts: everything arrives or is buried, in order within each lane, twice
 * only where an answer was lost; and what is held is bounded.
 */
class DeliveryRunTest {
  private static final DeliveryConfig CONFIG =
      new DeliveryConfig("kafka", 16, 4, new Patience(100, 5_000, 2_000, 40_000), true);
  private static final List<String> LANES = List.of("a", "b", "c", "d", "e", "f");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void keepsItsPromises(long seed) {
    Run run = new Run(new Random(seed));
    for (int step = 0; step < 20_000; step++) {
      run.step();
    }
    run.settle();
    run.check();
  }

  private static final class Run {
    private final Random random;
    private final List<Message<String>> journal = new ArrayList<>();
    private final Map<String, List<Long>> arrived = new HashMap<>();
    private final Set<Long> buried = new HashSet<>();
    private final Set<Long> underWay = new TreeSet<>();
    private Delivery<String> delivery;
    private long nowNanos;
    private boolean saidFailing;
    private int restarts;

    Run(Random random) {
      this.random = random;
      restart(new Cursor(1, List.of()));
    }

    private void restart(Cursor cursor) {
      underWay.clear();
      saidFailing = false;
      delivery = new Delivery<>(CONFIG, cursor, nowNanos);
      apply(new Input.Opened<>(CONFIG));
      apply(new Input.OpeningEnded<>(Outcome.DONE, 0));
    }

    void step() {
      nowNanos += random.nextInt(200);
      switch (random.nextInt(5)) {
        case 0, 1 -> publish();
        case 2 -> answer();
        case 3 -> apply(new Input.TimerExpired<>());
        default -> {
          if (random.nextInt(500) == 0) {
            restarts++;
            restart(delivery.progress().cursor());
          }
        }
      }
      pump();
      assertThat(delivery.room()).isBetween(0, CONFIG.window());
    }

    private void publish() {
      long number = journal.size() + 1L;
      String lane = LANES.get(random.nextInt(LANES.size()));
      journal.add(new Message<>(number, lane, Events.envelope(number, Events.up()), lane + number));
    }

    private void pump() {
      int from = (int) delivery.next() - 1;
      int to = Math.min(journal.size(), from + delivery.room());
      if (to > from) {
        apply(new Input.Fed<>(List.copyOf(journal.subList(from, to)), to + 1, 0));
      }
    }

    private void answer() {
      underWay.stream()
          .skip(random.nextInt(Math.max(1, underWay.size())))
          .findFirst()
          .ifPresent(number -> end(number, random.nextInt(6)));
    }

    private void end(long number, int dice) {
      underWay.remove(number);
      Message<String> message = journal.get((int) number - 1);
      Outcome outcome =
          switch (dice) {
            case 0, 1 -> new Outcome.Retry("no");
            case 2 -> random.nextInt(20) == 0 ? new Outcome.GivenUp("never") : Outcome.DONE;
            default -> Outcome.DONE;
          };
      if (outcome instanceof Outcome.Done) {
        arrived.computeIfAbsent(message.lane(), lane -> new ArrayList<>()).add(number);
      }
      apply(new Input.Ended<>(number, outcome, random.nextDouble()));
    }

    private void apply(Input<String> input) {
      for (Effect<String> effect : delivery.on(input, nowNanos)) {
        switch (effect) {
          case Effect.Send<String>(var message) -> {
            assertThat(underWay.add(message.number())).isTrue();
            assertThat(underWay.size()).isLessThanOrEqualTo(CONFIG.atOnce());
          }
          case Effect.Bury<String>(var message, var _) -> buried.add(message.number());
          case Effect.Say<String>(var event) -> note(event);
          case Effect.Open<String> _, Effect.Unbury<String> _ -> {}
        }
      }
    }

    private void note(DeliveryEvent event) {
      if (!(event instanceof DeliveryEvent.DeadLettered)) {
        assertThat(event instanceof DeliveryEvent.Failing).isNotEqualTo(saidFailing);
        saidFailing = !saidFailing;
      }
    }

    void settle() {
      while (delivery.progress().position() <= journal.size()) {
        nowNanos += 10_000;
        apply(new Input.TimerExpired<>());
        List.copyOf(underWay).forEach(number -> end(number, 5));
        pump();
      }
    }

    void check() {
      assertThat(delivery.idle()).isTrue();
      assertThat(delivery.health().working()).isTrue();
      assertThat(restarts).isPositive();
      int missing = 0;
      for (Message<String> message : journal) {
        boolean there = arrived.get(message.lane()).contains(message.number());
        missing += there || buried.contains(message.number()) ? 0 : 1;
      }
      assertThat(missing).isZero();
      arrived.values().forEach(numbers -> assertThat(numbers).isSorted());
      arrived.values().forEach(numbers -> assertThat(numbers).doesNotHaveDuplicates());
    }
  }
}
