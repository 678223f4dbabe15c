package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.verdict.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
  private final DeadlineQueue<String> queue = new DeadlineQueue<>();

  @Test
  void theEarliestComesFirstAndNothingBeforeItIsDue() {
    queue.put("b", 20);
    queue.put("a", 10);
    assertThat(queue.earliestNanos()).isEqualTo(10);
    assertThat(queue.pollDue(9)).isNull();
    assertThat(queue.pollDue(10)).isEqualTo("a");
    assertThat(queue.pollDue(10)).isNull();
    assertThat(queue.pollDue(20)).isEqualTo("b");
    assertThat(queue.earliestNanos()).isEqualTo(State.NEVER);
  }

  @Test
  void equalDeadlinesComeInTheOrderTheyWerePut() {
    queue.put("a", 10);
    queue.put("b", 10);
    queue.put("a", 10);
    assertThat(queue.pollDue(10)).isEqualTo("b");
    assertThat(queue.pollDue(10)).isEqualTo("a");
  }

  @Test
  void anElementHasOnePlaceAndNoneWithoutDeadline() {
    queue.put("a", 10);
    queue.put("a", 30);
    assertThat(queue.pollDue(29)).isNull();
    queue.put("a", State.NEVER);
    assertThat(queue.pollDue(State.NEVER)).isNull();
    queue.remove("a");
  }

  @Test
  void agreesWithSorting() {
    Random random = new Random(1);
    DeadlineQueue<Integer> numbers = new DeadlineQueue<>();
    Map<Integer, Long> expected = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      int element = random.nextInt(300);
      long deadline = 1 + (long) random.nextInt(1_000_000);
      if (random.nextInt(5) == 0) {
        numbers.remove(element);
        expected.remove(element);
      } else {
        numbers.put(element, deadline);
        expected.put(element, deadline);
      }
    }
    List<Integer> order = new ArrayList<>();
    for (Integer next = numbers.pollDue(1_000_000);
        next != null;
        next = numbers.pollDue(1_000_000)) {
      order.add(next);
    }
    assertThat(order).hasSameSizeAs(expected.keySet());
    assertThat(order).isSortedAccordingTo(Comparator.comparing(expected::get));
  }
}
