package io.keepstream.runtime.link;

/**
 * Whether this process has stood still, as far as its ticks tell: who has cannot say of others that
 * they were gone.
 */
public final class Wakefulness {
  private long tickNanos;
  private long wokeNanos = Long.MIN_VALUE;

  /** Awake at {@code nowNanos}. */
  public Wakefulness(long nowNanos) {
    tickNanos = nowNanos;
  }

  /** To be called at every {@link Event.Tick}. */
  public void tick(long nowNanos) {
    if (late(nowNanos)) {
      wokeNanos = nowNanos;
    }
    tickNanos = nowNanos;
  }

  /** Whether it stands still now, or did until less than a tick ago. */
  public boolean dozed(long nowNanos) {
    return late(nowNanos)
        || (wokeNanos != Long.MIN_VALUE && nowNanos - wokeNanos < Peering.TICK_NANOS);
  }

  private boolean late(long nowNanos) {
    return nowNanos - tickNanos >= Peering.ASLEEP_NANOS;
  }
}
