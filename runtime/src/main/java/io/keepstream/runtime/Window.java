package io.keepstream.runtime;

import java.util.concurrent.TimeUnit;

/**
 * Lets the first of many like happenings through and sums up the rest: at most one report per
 * minute, however fast a stranger sends.
 */
public final class Window {
  /** The time after which the next report is due. */
  public static final long LENGTH_NANOS = TimeUnit.SECONDS.toNanos(60);

  /**
   * One report.
   *
   * @param count happenings since the last report, this one included
   * @param overMillis the time they took
   */
  public record Report(long count, long overMillis) {}

  private long pending;
  private long openedNanos;
  private boolean open;

  /** Counts one happening; the report that is due, or null. */
  public Report count(long nowNanos) {
    pending++;
    if (open && nowNanos - openedNanos < LENGTH_NANOS) {
      return null;
    }
    long overNanos = open ? nowNanos - openedNanos : 0;
    Report report = new Report(pending, TimeUnit.NANOSECONDS.toMillis(overNanos));
    open = true;
    openedNanos = nowNanos;
    pending = 0;
    return report;
  }
}
