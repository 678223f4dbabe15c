package io.keepstream.election.link;

/**
 * Believes a change of an interface only when it has lasted. The first look is believed at once,
 * and so is every change without delay.
 *
 * @param up what is believed
 * @param deadlineNanos when the contrary will be believed, if it lasts; {@link #NEVER} while the
 *     interface is as believed
 */
public record Debounce(boolean up, long deadlineNanos) {
  /** The deadline that means none. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What is believed at the first look. */
  public static Debounce first(boolean up) {
    return new Debounce(up, NEVER);
  }

  /** The interface is found up or down at {@code nowNanos}. */
  public Debounce look(boolean foundUp, UpDownDelays delays, long nowNanos) {
    if (foundUp == up) {
      return new Debounce(up, NEVER);
    }
    long delayNanos = foundUp ? delays.upNanos() : delays.downNanos();
    long dueNanos = deadlineNanos == NEVER ? nowNanos + delayNanos : deadlineNanos;
    return nowNanos < dueNanos ? new Debounce(up, dueNanos) : new Debounce(foundUp, NEVER);
  }
}
