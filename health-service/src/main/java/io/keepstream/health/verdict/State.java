package io.keepstream.health.verdict;

/** Where a check is between attempts. */
public sealed interface State {
  /** The deadline that means none. */
  long NEVER = Long.MAX_VALUE;

  /** What is thought of the target. */
  Standing standing();

  /** The regular due time that the current or the coming attempt belongs to. */
  long slotNanos();

  /** When the machine wants {@link Event.TimerExpired} next. */
  long deadlineNanos();

  /** The next attempt is due at the deadline. */
  record Waiting(Standing standing, long slotNanos, long deadlineNanos) implements State {}

  /**
   * An attempt runs; its time is over at the deadline.
   *
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

  /** The attempt was counted and abandoned, but is not gone yet. */
  record Ending(Standing standing, long slotNanos) implements State {
    @Override
    public long deadlineNanos() {
      return NEVER;
    }
  }
}
