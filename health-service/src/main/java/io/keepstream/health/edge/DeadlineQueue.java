package io.keepstream.health.edge;

import io.keepstream.health.verdict.State;
import java.util.Arrays;

/**
 * Elements by deadline, each in the queue once or not at all; of equal deadlines first come. A
 * binary heap whose elements know their places, since each moves several times a second.
 */
final class DeadlineQueue<T extends DeadlineQueue.Element> {
  /** What can be in one queue. */
  abstract static class Element {
    private int place = NOWHERE;
    private long deadlineNanos;
    private long number;

    private boolean isBefore(Element other) {
      return deadlineNanos == other.deadlineNanos
          ? number < other.number
          : deadlineNanos < other.deadlineNanos;
    }
  }

  private static final int NOWHERE = -1;

  private Element[] heap = new Element[64];
  private int size;
  private long number;

  /** Puts {@code element} at its deadline, whether it was there or not; no place for NEVER. */
  void put(T element, long deadlineNanos) {
    if (deadlineNanos == State.NEVER) {
      remove(element);
      return;
    }
    Element moved = element;
    moved.deadlineNanos = deadlineNanos;
    moved.number = number++;
    if (moved.place == NOWHERE) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      moved.place = size++;
    }
    settle(moved, moved.place);
  }

  void remove(T element) {
    Element removed = element;
    int place = removed.place;
    if (place != NOWHERE) {
      removed.place = NOWHERE;
      Element last = heap[--size];
      heap[size] = null;
      if (place != size) {
        settle(last, place);
      }
    }
  }

  /** The earliest deadline, {@link State#NEVER} when empty. */
  long earliestNanos() {
    return size == 0 ? State.NEVER : heap[0].deadlineNanos;
  }

  /** Takes out the element of the earliest deadline if that is not after now; else null. */
  T pollDue(long nowNanos) {
    if (size == 0 || heap[0].deadlineNanos > nowNanos) {
      return null;
    }
    @SuppressWarnings("unchecked") // only put fills the heap
    T first = (T) heap[0];
    remove(first);
    return first;
  }

  /** Moves {@code element} up or down from {@code place} to where it belongs. */
  private void settle(Element element, int from) {
    int place = from;
    while (place > 0 && element.isBefore(heap[(place - 1) / 2])) {
      set(heap[(place - 1) / 2], place);
      place = (place - 1) / 2;
    }
    if (place == from) {
      for (int child = earlierChild(place);
          child < size && heap[child].isBefore(element);
          child = earlierChild(place)) {
        set(heap[child], place);
        place = child;
      }
    }
    set(element, place);
  }

  private int earlierChild(int place) {
    int left = 2 * place + 1;
    return left + 1 < size && heap[left + 1].isBefore(heap[left]) ? left + 1 : left;
  }

  private void set(Element element, int place) {
    heap[place] = element;
    element.place = place;
  }
}
