package io.keepstream.testkit.sim;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that moves from task to task. Tasks of one instant run in the order they were given. */
public final class VirtualTime {
  private record Task(long atNanos, long number, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::number));
  private long nowNanos;
  private long number;

  /** Nanoseconds since the beginning, which is 0. */
  public long nanos() {
    return nowNanos;
  }

  /** Runs {@code work} at {@code atNanos}, or now if that is past. */
  public void at(long atNanos, Runnable work) {
    tasks.add(new Task(Math.max(atNanos, nowNanos), number++, work));
  }

  /** Runs {@code work} after {@code delayNanos}. */
  public void after(long delayNanos, Runnable work) {
    at(nowNanos + delayNanos, work);
  }

  /** Runs the next task if it is due by {@code untilNanos}; else moves there and says false. */
  public boolean step(long untilNanos) {
    Task next = tasks.peek();
    if (next == null || next.atNanos() > untilNanos) {
      nowNanos = Math.max(nowNanos, untilNanos);
      return false;
    }
    tasks.remove();
    nowNanos = next.atNanos();
    next.work().run();
    return true;
  }
}
