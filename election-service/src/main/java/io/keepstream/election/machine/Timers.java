package io.keepstream.election.machine;

import java.util.concurrent.TimeUnit;

/** The intervals of RFC 3768 and RFC 9568 section 6.1, in nanoseconds. */
public final class Timers {
  private static final long STEPS = 256;

  /**
   * More would wake a machine with a thousand routers more often, fewer hold up the last of each.
   */
  private static final long BEATS = 64;

  private Timers() {}

  /**
   * Skew_Time: how much longer a router of lower priority waits. Version 2 counts in shares of a
   * second, version 3 in shares of the MASTER's interval.
   */
  public static long skewNanos(Parameters parameters, long masterAdverIntervalNanos) {
    long unit =
        parameters.config().version() == 2 ? TimeUnit.SECONDS.toNanos(1) : masterAdverIntervalNanos;
    return (STEPS - parameters.effectivePriority()) * unit / STEPS;
  }

  /** Master_Down_Interval (Active_Down_Interval): the silence after which a BACKUP takes over. */
  public static long masterDownNanos(Parameters parameters, long masterAdverIntervalNanos) {
    return parameters.config().downTimerAdverts() * masterAdverIntervalNanos
        + skewNanos(parameters, masterAdverIntervalNanos);
  }

  /**
   * When a new MASTER advertises next: after one interval, or up to a 64th of it earlier; one of
   * many some 64ths earlier than that. All adverts are in step with such 64ths, so that the adverts
   * of many virtual routers are due a few at a time, and the machine need not wake up for each.
   */
  static long firstAdvertNanos(VirtualRouterConfig config, long nowNanos) {
    long nextNanos = nowNanos + config.advertIntervalNanos();
    long beat = Math.max(1, config.advertIntervalNanos() / BEATS);
    return nextNanos - Math.floorMod(nextNanos, beat) - config.earlyBeats() * beat;
  }

  /**
   * When the advert after one that was due at {@code dueNanos} is due. The beat goes on whatever
   * happens, so that routers that were held up together do not stay together; beats that were
   * missed are left out.
   */
  static long nextAdvertNanos(long dueNanos, long intervalNanos, long nowNanos) {
    long leftOut = Math.floorDiv(nowNanos - dueNanos, intervalNanos);
    return dueNanos + (leftOut + 1) * intervalNanos;
  }

  /**
   * How late a MASTER's advert may be before a peer may have replaced it: the peer's
   * Master_Down_Interval less the interval that was due anyway. With preemption the peer is assumed
   * to have no higher priority than ours, so its skew is at least ours.
   */
  static long replaceableAfterNanos(Parameters parameters) {
    VirtualRouterConfig config = parameters.config();
    long intervalNanos = config.advertIntervalNanos();
    long skewNanos = config.preempt() ? skewNanos(parameters, intervalNanos) : 0;
    return Math.max(1, config.downTimerAdverts() - 1) * intervalNanos + skewNanos;
  }
}
