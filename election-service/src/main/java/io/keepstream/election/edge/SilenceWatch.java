package io.keepstream.election.edge;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.machine.Silence;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says when the silence of health-service has lasted too long for some trackers, and when it ends.
 */
final class SilenceWatch {
  /** Who wakes later than that stood still, and what he has not heard may lie there unread. */
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Vertx vertx;
  private final Consumer<Set<TrackerRef>> overdue;
  private Silence silence = new Silence(Map.of(), System.nanoTime());
  private Set<TrackerRef> told = Set.of();
  private long timer = -1; // 0 is the first timer of whoever came first
  private long timerNanos = Long.MAX_VALUE;

  /**
   * To be called, as all that it calls, on one context.
   *
   * @param overdue takes the trackers whose last result does not hold, whenever others than before
   */
  SilenceWatch(Vertx vertx, Consumer<Set<TrackerRef>> overdue) {
    this.vertx = vertx;
    this.overdue = overdue;
  }

  /** With these limits from now on, as in {@link Silence}. */
  void configure(Map<TrackerRef, Long> limits) {
    silence = silence.within(limits);
    judge();
  }

  /** Health-service has said something. */
  void heard() {
    silence = silence.heard(System.nanoTime());
    judge();
  }

  private void judge() {
    long nowNanos = System.nanoTime();
    Set<TrackerRef> now = silence.overdue(nowNanos);
    if (!now.equals(told)) {
      told = now;
      overdue.accept(now);
    }
    long nextNanos = silence.nextNanos(nowNanos);
    if (nextNanos < timerNanos) {
      vertx.cancelTimer(timer);
      timerNanos = nextNanos;
      long millis = TimeUnit.NANOSECONDS.toMillis(nextNanos - nowNanos) + 1;
      timer = vertx.setTimer(millis, due -> wake(nextNanos));
    }
  }

  private void wake(long dueNanos) {
    timerNanos = Long.MAX_VALUE;
    if (System.nanoTime() - dueNanos > LATE_NANOS) {
      heard();
    } else {
      judge();
    }
  }
}
