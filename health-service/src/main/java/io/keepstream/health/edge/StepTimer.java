package io.keepstream.health.edge;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The time limit of one step after the other, with a timer that is seldom moved. */
final class StepTimer {
  /** A timer later than this does not prove silence: the answer may lie there unread. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final EventLoop loop;
  private final long stepNanos;
  private final Runnable expired;
  private Future<?> timer;
  private long deadlineNanos;
  private boolean graceGranted;

  StepTimer(EventLoop loop, long stepNanos, Runnable expired) {
    this.loop = loop;
    this.stepNanos = stepNanos;
    this.expired = expired;
  }

  /** A step begins, and the one before is over. */
  void begin() {
    deadlineNanos = loop.ticker().nanoTime() + stepNanos;
    graceGranted = false;
    if (timer == null) {
      arm(stepNanos);
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void arm(long delayNanos) {
    timer = loop.schedule(this::fire, delayNanos, TimeUnit.NANOSECONDS);
  }

  private void fire() {
    long leftNanos = deadlineNanos - loop.ticker().nanoTime();
    if (leftNanos > 0) {
      arm(leftNanos);
    } else if (leftNanos < -LATE_NANOS && !graceGranted) {
      graceGranted = true;
      arm(LATE_NANOS);
    } else {
      expired.run();
    }
  }
}
