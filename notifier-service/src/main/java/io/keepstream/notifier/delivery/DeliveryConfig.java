package io.keepstream.notifier.delivery;

/**
 * How patient a delivery is.
 *
 * @param sink the name events use, as in {@code webhook ops}
 * @param queueLimit most messages held, with the one being sent; at least 2
 * @param firstBackoffNanos the pause after a first failure; it doubles with each further one
 * @param maxBackoffNanos the longest pause
 * @param slowNanos an attempt that takes longer makes the sink failing, though it goes on
 */
public record DeliveryConfig(
    String sink, int queueLimit, long firstBackoffNanos, long maxBackoffNanos, long slowNanos) {
  public DeliveryConfig {
    if (queueLimit < 2 || firstBackoffNanos < 1 || maxBackoffNanos < firstBackoffNanos) {
      throw new IllegalArgumentException("queue limit or backoff out of range for " + sink);
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
