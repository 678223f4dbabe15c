package io.keepstream.notifier.delivery;

/**
 * How long a delivery tries.
 *
 * @param firstBackoffNanos the pause after a first failure; it doubles with each further one
 * @param maxBackoffNanos the longest pause
 * @param slowNanos an attempt that takes longer makes the sink failing, though it goes on
 * @param giveUpNanos from the first attempt until a message is a dead letter
 */
public record Patience(
    long firstBackoffNanos, long maxBackoffNanos, long slowNanos, long giveUpNanos) {
  public Patience {
    if (firstBackoffNanos < 1 || maxBackoffNanos < firstBackoffNanos) {
      throw new IllegalArgumentException("backoff out of range");
    }
  }

  /**
   * The pause after {@code failures} in a row; {@code chance} in [0,1) shortens it by up to half.
   */
  long backoffNanos(int failures, double chance) {
    double doubled = (double) firstBackoffNanos * Math.pow(2, failures - 1);
    return (long) (Math.min(doubled, (double) maxBackoffNanos) * (1 - chance / 2));
  }
}
