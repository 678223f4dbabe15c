package io.keepstream.election.edge;

import io.keepstream.election.port.Alarm;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One timer on an event loop. A deadline that moves away leaves the timer as it is: it rings too
 * early, which is harmless, and is set anew then. So a BACKUP that hears adverts cancels nothing.
 */
final class LoopAlarm implements Alarm {
  private static final long NEVER = Long.MAX_VALUE;

  /**
   * Linux lets epoll oversleep by a thousandth of the time asked for, 4 ms in 4 s. So a long sleep
   * ends two thousandths early, and a short one, which is exact, follows.
   */
  private static final long EARLY_PART = 500;

  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final EventLoop loop;
  private final Runnable ring;
  private final Executor later;
  private Future<?> timer;
  private long scheduledNanos = NEVER;
  private long deadlineNanos = NEVER;

  LoopAlarm(EventLoop loop, Runnable ring) {
    this(loop, ring, Runnable::run);
  }

  /** One whose owner gives way to the adverts of others by way of {@code later}. */
  LoopAlarm(EventLoop loop, Runnable ring, Executor later) {
    this.loop = loop;
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
    if (nextNanos >= scheduledNanos) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    long delayNanos = nextNanos - System.nanoTime();
    long earlyNanos = delayNanos < LONG_NANOS ? 0 : delayNanos / EARLY_PART;
    scheduledNanos = nextNanos - earlyNanos;
    timer = loop.schedule(this::fire, delayNanos - earlyNanos, TimeUnit.NANOSECONDS);
  }

  private void fire() {
    scheduledNanos = NEVER;
    timer = null;
    if (System.nanoTime() >= deadlineNanos) {
      try {
        ring.run();
      } catch (RuntimeException e) {
        ElectionEngine.LOG.error("what was due failed, and is tried again", e);
        deadlineNanos =
            Math.max(deadlineNanos, System.nanoTime() + LONG_NANOS); // so that it cannot spin
      }
    }
    rearm(deadlineNanos);
  }
}
