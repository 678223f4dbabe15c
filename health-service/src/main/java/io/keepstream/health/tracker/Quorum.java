package io.keepstream.health.tracker;

/**
 * The verdict on a number of processes. A number that speaks against the verdict has to do so until
 * the deadline; which grace time it gets depends on whether it grew or shrank to what it is.
 *
 * @param count how many run
 * @param up the verdict
 * @param deadlineNanos when the verdict changes unless the count does; {@link #NEVER} for not
 */
public record Quorum(int count, boolean up, long deadlineNanos) {
  /** The deadline that means none. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The first count decides at once, as does one under new rules. */
  public static Quorum decided(QuorumRules rules, int count) {
    return new Quorum(count, rules.met(count), NEVER);
  }

  /** There are {@code now} of them. */
  public Quorum counted(QuorumRules rules, int now, long nowNanos) {
    if (rules.met(now) == up) {
      return new Quorum(now, up, NEVER);
    }
    long delayNanos = now > count ? rules.forkDelayNanos() : rules.terminateDelayNanos();
    long dueNanos = deadlineNanos == NEVER ? nowNanos + delayNanos : deadlineNanos;
    return new Quorum(now, up, dueNanos).expired(rules, nowNanos);
  }

  /** Time has passed. */
  public Quorum expired(QuorumRules rules, long nowNanos) {
    return nowNanos < deadlineNanos ? this : decided(rules, count);
  }
}
