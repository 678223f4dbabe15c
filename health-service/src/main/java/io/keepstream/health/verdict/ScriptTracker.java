package io.keepstream.health.verdict;

import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.contract.event.TrackerRef;
import java.util.concurrent.TimeUnit;

/**
 * A tracker that follows the verdict of one check.
 *
 * @param tracker which one
 * @param known whether there is a verdict, be it by configuration
 * @param up the verdict; without meaning while there is none
 * @param sinceNanos when it last changed, or tracking began
 * @param detail what decided; null while there is no verdict
 */
public record ScriptTracker(
    TrackerRef tracker, boolean known, boolean up, long sinceNanos, String detail) {

  /**
   * What came of a verdict.
   *
   * @param event to publish; null when it says what is already known
   */
  public record Step(ScriptTracker next, TrackerChanged event) {}

  /** Tracking begins. */
  public static ScriptTracker unknown(TrackerRef tracker, long nowNanos) {
    return new ScriptTracker(tracker, false, false, nowNanos, null);
  }

  /** There is a verdict, of the check or of the configuration. */
  public Step decided(boolean nowUp, String because, long nowNanos) {
    if (known && up == nowUp) {
      return new Step(this, null);
    }
    long heldMillis = known ? TimeUnit.NANOSECONDS.toMillis(nowNanos - sinceNanos) : 0;
    return new Step(
        new ScriptTracker(tracker, true, nowUp, nowNanos, because),
        new TrackerChanged(tracker, nowUp, null, !known, heldMillis, because));
  }
}
