package io.keepstream.notifier.delivery;

/** What a delivery is doing. */
public sealed interface Phase {
  /** When the timer has to come, or {@link Long#MAX_VALUE}. */
  long deadlineNanos();

  /** Nothing to send. */
  record Idle() implements Phase {
    @Override
    public long deadlineNanos() {
      return Long.MAX_VALUE;
    }
  }

  /** Opening, or sending the oldest message. {@code failures} are those in a row before it. */
  record Attempting(int failures, long deadlineNanos) implements Phase {}

  /** Waiting to try again. */
  record BackingOff(int failures, long deadlineNanos) implements Phase {}
}
