package io.keepstream.election.config;

/**
 * How long all instances stay in INIT after the process has started.
 *
 * @param afterStartNanos from the start of the process ({@code vrrp_startup_delay})
 * @param afterBootNanos from the start of the machine ({@code vrrp_delay_after_boot})
 */
public record StartDelay(long afterStartNanos, long afterBootNanos) {
  /** The end of a delay that is over, or never was. */
  public static final long OVER = Long.MIN_VALUE;

  /** What an instance awaits meanwhile. */
  public static final String WORDS = "the start delay";

  /** No delay. */
  public static final StartDelay NONE = new StartDelay(0, 0);

  /** What is left of the longer one at the start of the process. */
  public long remainingNanos(long uptimeNanos) {
    return Math.max(afterStartNanos, afterBootNanos - uptimeNanos);
  }
}
