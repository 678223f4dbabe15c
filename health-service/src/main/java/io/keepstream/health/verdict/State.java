package io.keepstream.health.verdict;

/** Where a check is between attempts. */
public sealed interface State {
  /** The deadline that means none. */
  long NEVER = Long.MAX_VALUE;

  /** What is thought of the target. */
  Standing standing();

  /** When the machine wants {@link Event.TimerExpired} next. */
  long deadlineNanos();

  /**
   * The next attempt is due at the deadline.
   *
   * @param slotNanos the regular due time that it belongs to
   */
  record Waiting(Standing standing, long slotNanos, long deadlineNanos) implements State {}

  /**
   * An attempt runs; its time is over at the deadline.
   *
   * @param slotNanos the regular due time that it belongs to
   * @param startedNanos when it was started
   * @param graceGranted whether a late timer has already been forgiven
   */
  record Attempting(
      Standing standing,
      long slotNanos,
      long startedNanos,
      long deadlineNanos,
      boolean graceGranted)
      implements State {}

  /**
   * The attempt was counted and abandoned, but is not gone yet.
   *
   * @param slotNanos the regular due time that it belongs to
   */
  record Ending(Standing standing, long slotNanos) implements State {
    @Override
    public long deadlineNanos() {
      return NEVER;
    }
  }

  /**
   * No attempts are made.
   *
   * @param sinceNanos since when
   * @param ending whether one of before was abandoned and is not gone yet
   */
  record Suspended(Standing standing, long sinceNanos, boolean ending) implements State {
    @Override
    public long deadlineNanos() {
      return NEVER;
    }
  }
}
