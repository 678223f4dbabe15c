package io.keepstream.lvs.plan;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.snapshot.Snapshot;

/** What one service has said, from its events and snapshots. */
public interface Feed {

  /** Takes an event of the service; true when something changed that matters here. */
  boolean take(Envelope envelope);

  /** Takes a snapshot of the service unless it has nothing new; true when taken. */
  boolean take(Snapshot snapshot);

  /** Whether nothing was missed. */
  boolean complete();
}
