package io.keepstream.election.edge;

import io.keepstream.election.port.Alarm;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One of an event loop's {@link Alarms}. A deadline that moves away leaves the request as it is: it
 * fires too early, which is harmless, and is made anew then. So a BACKUP that hears adverts changes
 * nothing.
 */
final class LoopAlarm implements Alarm {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Alarms alarms;
  private final Runnable ring;
  private final Executor later;
  private long requestedNanos = NEVER;
  private long deadlineNanos = NEVER;

  LoopAlarm(Alarms alarms, Runnable ring) {
    this(alarms, ring, Runnable::run);
  }

  /** One whose owner gives way to the adverts of others by way of {@code later}. */
  LoopAlarm(Alarms alarms, Runnable ring, Executor later) {
    this.alarms = alarms;
    this.ring = ring;
    this.later = later;
  }

  @Override
  public void afterAdverts(Runnable work) {
    later.execute(work);
  }

  @Override
  public void rearm(long nextNanos) {
    deadlineNanos = nextNanos;
    if (nextNanos < requestedNanos) {
      requestedNanos = nextNanos;
      alarms.request(nextNanos, this);
    }
  }

  /** The time of a request has come. */
  void fire(long dueNanos) {
    if (dueNanos != requestedNanos) {
      return; // it was replaced
    }
    requestedNanos = NEVER;
    if (System.nanoTime() >= deadlineNanos) {
      try {
        ring.run();
      } catch (RuntimeException e) {
        ElectionEngine.LOG.error("what was due failed, and is tried again", e);
        deadlineNanos =
            Math.max(deadlineNanos, System.nanoTime() + AGAIN_NANOS); // so that it cannot spin
      }
    }
    rearm(deadlineNanos);
  }
}
