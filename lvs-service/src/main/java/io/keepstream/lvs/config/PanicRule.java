package io.keepstream.lvs.config;

/**
 * When failures are too many to be believed.
 *
 * @param thresholdPercent more than this share of the real servers
 * @param windowNanos failures of so long before still belong to those that are not believed
 */
public record PanicRule(int thresholdPercent, long windowNanos) {

  /** Whether so many failures are too many. */
  public boolean exceeded(int failed, int total) {
    return 100L * failed > (long) thresholdPercent * total;
  }
}
