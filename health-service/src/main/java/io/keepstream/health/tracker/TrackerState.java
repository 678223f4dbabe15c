package io.keepstream.health.tracker;

import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.contract.event.TrackerRef;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What is known of a tracker.
 *
 * @param tracker which one
 * @param known whether there is a verdict, be it by configuration
 * @param up the verdict; without meaning while there is none
 * @param value the number in a file; null for other kinds
 * @param sinceNanos when verdict or value last changed, or tracking began
 * @param detail what decided; null while there is no verdict
 */
public record TrackerState(
    TrackerRef tracker, boolean known, boolean up, Integer value, long sinceNanos, String detail) {

  /**
   * What came of a result.
   *
   * @param event to publish; null when it says what is already known
   */
  public record Step(TrackerState next, TrackerChanged event) {}

  /** Tracking begins. */
  public static TrackerState unknown(TrackerRef tracker, long nowNanos) {
    return new TrackerState(tracker, false, false, null, nowNanos, null);
  }

  /** There is a verdict, of whoever looks or of the configuration. */
  public Step decided(boolean nowUp, Integer nowValue, String because, long nowNanos) {
    if (known && up == nowUp && Objects.equals(value, nowValue)) {
      return new Step(this, null);
    }
    long heldMillis = known ? TimeUnit.NANOSECONDS.toMillis(nowNanos - sinceNanos) : 0;
    return new Step(
        new TrackerState(tracker, true, nowUp, nowValue, nowNanos, because),
        new TrackerChanged(tracker, nowUp, nowValue, !known, heldMillis, because));
  }
}
