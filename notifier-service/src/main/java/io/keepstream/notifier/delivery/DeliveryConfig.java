package io.keepstream.notifier.delivery;

/**
 * How a sink is served.
 *
 * @param sink the name events use, as in {@code webhook ops}
 * @param window most messages held, with those under way; at least 2
 * @param atOnce most attempts under way
 * @param patience how long is tried
 * @param buries whether what is given up is kept among the dead letters
 */
public record DeliveryConfig(
    String sink, int window, int atOnce, Patience patience, boolean buries) {
  public DeliveryConfig {
    if (window < 2 || atOnce < 1) {
      throw new IllegalArgumentException("window or attempts out of range for " + sink);
    }
  }
}
