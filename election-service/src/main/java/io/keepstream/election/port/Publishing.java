package io.keepstream.election.port;

import io.keepstream.contract.event.Event;

/** The monotonic clock, and where events go. */
public interface Publishing {
  /** Monotonic nanoseconds. */
  long nowNanos();

  /** Hands an event over to be published; never blocks. */
  void publish(Event event);
}
