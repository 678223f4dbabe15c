package io.keepstream.election.edge;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The alarms of an event loop, which share one of its timers: it wakes once for all that are due.
 */
final class Alarms {
  private static final long NEVER = Long.MAX_VALUE;

  /**
   * Linux lets epoll oversleep by a thousandth of the time asked for, 4 ms in 4 s. So a long sleep
   * ends two thousandths early, and a short one, which is exact, follows.
   */
  private static final long EARLY_PART = 500;

  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final EventLoop loop;

  /** By the time they are due; one that its alarm has replaced since stays until its time. */
  private final NavigableMap<Long, List<LoopAlarm>> requests = new TreeMap<>();

  private Future<?> timer;
  private long awaitedNanos = NEVER;

  Alarms(EventLoop loop) {
    this.loop = loop;
  }

  /** Fires {@code alarm} at {@code dueNanos}. */
  void request(long dueNanos, LoopAlarm alarm) {
    requests.computeIfAbsent(dueNanos, at -> new ArrayList<>()).add(alarm);
    await();
  }

  private void await() {
    long dueNanos = requests.isEmpty() ? NEVER : requests.firstKey();
    if (dueNanos >= awaitedNanos) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    awaitedNanos = dueNanos;
    long delayNanos = dueNanos - System.nanoTime();
    long earlyNanos = delayNanos < LONG_NANOS ? 0 : delayNanos / EARLY_PART;
    timer = loop.schedule(this::fire, delayNanos - earlyNanos, TimeUnit.NANOSECONDS);
  }

  private void fire() {
    timer = null;
    long nowNanos = System.nanoTime();
    List<Map.Entry<Long, List<LoopAlarm>>> due = new ArrayList<>();
    while (!requests.isEmpty() && requests.firstKey() <= nowNanos) {
      due.add(requests.pollFirstEntry());
    }
    try {
      for (Map.Entry<Long, List<LoopAlarm>> each : due) {
        for (LoopAlarm alarm : each.getValue()) {
          alarm.fire(each.getKey());
        }
      }
    } finally {
      awaitedNanos = NEVER;
      await();
    }
  }
}
