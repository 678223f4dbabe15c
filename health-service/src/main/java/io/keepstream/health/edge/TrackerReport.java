package io.keepstream.health.edge;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.tracker.TrackerState;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What is known of a tracker, told as it changes and on demand. */
final class TrackerReport {
  private final LongSupplier clockNanos;
  private final Consumer<Event> events;
  private TrackerState tracker;

  TrackerReport(TrackerRef ref, LongSupplier clockNanos, Consumer<Event> events) {
    this.clockNanos = clockNanos;
    this.events = events;
    tracker = TrackerState.unknown(ref, clockNanos.getAsLong());
  }

  /** What is tracked is something else from now on. */
  void forget() {
    tracker = TrackerState.unknown(tracker.tracker(), clockNanos.getAsLong());
  }

  /** There is a verdict; {@code value} is null but for files. */
  void decided(boolean up, Integer value, String because) {
    TrackerState.Step step = tracker.decided(up, value, because, clockNanos.getAsLong());
    tracker = step.next();
    if (step.event() != null) {
      events.accept(step.event());
    }
  }

  ServiceState.Tracker state() {
    long ageNanos = clockNanos.getAsLong() - tracker.sinceNanos();
    return new ServiceState.Tracker(
        tracker.tracker(),
        tracker.known(),
        tracker.up(),
        tracker.value(),
        TimeUnit.NANOSECONDS.toMillis(ageNanos),
        tracker.detail());
  }
}
