package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.verdict.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
  /** Something to wait. */
  private static final class Named extends DeadlineQueue.Element {
    private final int name;

    Named(int name) {
      this.name = name;
    }
  }

  private final DeadlineQueue<Named> queue = new DeadlineQueue<>();
  private final Named a = new Named(1);
  private final Named b = new Named(2);

  @Test
  void theEarliestComesFirstAndNothingBeforeItIsDue() {
    queue.put(b, 20);
    queue.put(a, 10);
    assertThat(queue.earliestNanos()).isEqualTo(10);
    assertThat(queue.pollDue(9)).isNull();
    assertThat(queue.pollDue(10)).isEqualTo(a);
    assertThat(queue.pollDue(10)).isNull();
    assertThat(queue.pollDue(20)).isEqualTo(b);
    assertThat(queue.earliestNanos()).isEqualTo(State.NEVER);
  }

  @Test
  void equalDeadlinesComeInTheOrderTheyWerePut() {
    queue.put(a, 10);
    queue.put(b, 10);
    queue.put(a, 10);
    assertThat(queue.pollDue(10)).isEqualTo(b);
    assertThat(queue.pollDue(10)).isEqualTo(a);
  }

  @Test
  void anElementHasOnePlaceAndNoneWithoutDeadline() {
    queue.put(a, 10);
    queue.put(a, 30);
    assertThat(queue.pollDue(29)).isNull();
    queue.put(a, State.NEVER);
    assertThat(queue.pollDue(State.NEVER)).isNull();
    queue.remove(a);
  }

  @Test
  void agreesWithSorting() {
    Random random = new Random(1);
    List<Named> all = IntStream.range(0, 300).mapToObj(Named::new).toList();
    Map<Integer, Long> expected = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      int element = random.nextInt(300);
      long deadline = 1 + (long) random.nextInt(1_000_000);
      if (random.nextInt(5) == 0) {
        queue.remove(all.get(element));
        expected.remove(element);
      } else {
        queue.put(all.get(element), deadline);
        expected.put(element, deadline);
      }
    }
    List<Integer> order = new ArrayList<>();
    for (Named next = queue.pollDue(1_000_000); next != null; next = queue.pollDue(1_000_000)) {
      order.add(next.name);
    }
    assertThat(order).hasSameSizeAs(expected.keySet());
    assertThat(order).isSortedAccordingTo(Comparator.comparing(expected::get));
  }
}
