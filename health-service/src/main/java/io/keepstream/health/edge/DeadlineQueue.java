package io.keepstream.health.edge;

import io.keepstream.health.verdict.State;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Elements by deadline, each in the queue once or not at all; of equal deadlines first come. */
final class DeadlineQueue<T> {
  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::deadlineNanos).thenComparingLong(Due::number);

  private record Due(long deadlineNanos, long number) {}

  private final TreeMap<Due, T> elements = new TreeMap<>(ORDER);
  private final Map<T, Due> places = new HashMap<>();
  private long number;

  /** Puts {@code element} at its deadline, whether it was there or not; no place for NEVER. */
  void put(T element, long deadlineNanos) {
    remove(element);
    if (deadlineNanos != State.NEVER) {
      Due due = new Due(deadlineNanos, number++);
      elements.put(due, element);
      places.put(element, due);
    }
  }

  void remove(T element) {
    Due due = places.remove(element);
    if (due != null) {
      elements.remove(due);
    }
  }

  /** The earliest deadline, {@link State#NEVER} when empty. */
  long earliestNanos() {
    return elements.isEmpty() ? State.NEVER : elements.firstKey().deadlineNanos();
  }

  /** Takes out the element of the earliest deadline if that is not after now; else null. */
  T pollDue(long nowNanos) {
    Map.Entry<Due, T> first = elements.firstEntry();
    if (first == null || first.getKey().deadlineNanos() > nowNanos) {
      return null;
    }
    remove(first.getValue());
    return first.getValue();
  }
}
