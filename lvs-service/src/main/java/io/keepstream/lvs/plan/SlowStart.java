package io.keepstream.lvs.plan;

/** The weight of a server that came up again, which grows in steps so as not to overrun it. */
final class SlowStart {
  /** The time that means never. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int STEPS = 10;

  private SlowStart() {}

  /** The weight of a server that came up {@code upNanos} ago; at least 1 of what is above 0. */
  static int weight(int full, long rampNanos, long upNanos) {
    return upNanos >= rampNanos
        ? full
        : Math.max((int) ((long) full * (step(rampNanos, upNanos) + 1) / STEPS), Math.min(full, 1));
  }

  /** How long after it came up the weight changes next. */
  static long nextNanos(long rampNanos, long upNanos) {
    return upNanos >= rampNanos
        ? NEVER
        : Math.ceilDiv((step(rampNanos, upNanos) + 1) * rampNanos, STEPS);
  }

  private static long step(long rampNanos, long upNanos) {
    return upNanos * STEPS / rampNanos;
  }
}
