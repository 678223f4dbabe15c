package io.keepstream.health.edge;

import io.keepstream.contract.snapshot.ServiceState;

/** A tracker under watch. */
interface TrackerWatch<C> extends Watch<C> {
  /** What is known of it. */
  ServiceState.Tracker state();
}
