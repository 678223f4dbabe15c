package io.keepstream.election.plan;

import java.util.concurrent.TimeUnit;

/** Lets something happen at once a few times a second, and no more. */
public final class Pace {
  /** How long a second is. */
  public static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How often it may happen in a window. */
  static final int TIMES = 10;

  private long openedNanos;
  private int times;

  /** Counts one time if there is one left in this window. */
  public boolean allows(long nowNanos) {
    if (times == 0 || nowNanos - openedNanos >= WINDOW_NANOS) {
      openedNanos = nowNanos;
      times = 0;
    }
    if (times == TIMES) {
      return false;
    }
    times++;
    return true;
  }
}
