package io.keepstream.election.edge;

import io.keepstream.election.port.Alarm;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One timer on an event loop. A deadline that moves away leaves the timer as it is: it rings too
 * early, which is harmless, and is set anew then. So a BACKUP that hears adverts cancels nothing.
 */
final class LoopAlarm implements Alarm {
  private static final long NEVER = Long.MAX_VALUE;

  private final EventLoop loop;
  private final Runnable ring;
  private Future<?> timer;
  private long scheduledNanos = NEVER;
  private long deadlineNanos = NEVER;

  LoopAlarm(EventLoop loop, Runnable ring) {
    this.loop = loop;
    this.ring = ring;
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
    scheduledNanos = nextNanos;
    timer = loop.schedule(this::fire, nextNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void fire() {
    scheduledNanos = NEVER;
    timer = null;
    if (System.nanoTime() >= deadlineNanos) {
      ring.run();
    }
    rearm(deadlineNanos);
  }
}
