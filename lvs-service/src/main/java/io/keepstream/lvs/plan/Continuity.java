package io.keepstream.lvs.plan;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.snapshot.Snapshot;

/**
 * How far a service was followed. Its events are numbered without gaps and its snapshots say up to
 * which event they reach. After a gap, or when it has started anew, what is known is incomplete
 * until a snapshot that reaches the latest event comes.
 */
final class Continuity {
  private String bootId = "";
  private long lastSequence;
  private boolean complete;

  boolean complete() {
    return complete;
  }

  void doubt() {
    complete = false;
  }

  /** Whether an event is news. */
  boolean isNew(Envelope envelope) {
    if (!envelope.source().bootId().equals(bootId)) {
      bootId = envelope.source().bootId();
      complete = false;
    } else if (envelope.sequence() <= lastSequence) {
      return false;
    } else if (envelope.sequence() > lastSequence + 1) {
      complete = false;
    }
    lastSequence = envelope.sequence();
    return true;
  }

  /** Whether a snapshot is older than what was heard already. */
  boolean isStale(Snapshot snapshot) {
    return isOfThisBoot(snapshot) && snapshot.lastSequence() < lastSequence;
  }

  /** Whether a snapshot reaches just what was heard already, without a gap. */
  boolean isKnown(Snapshot snapshot) {
    return isOfThisBoot(snapshot) && complete && snapshot.lastSequence() == lastSequence;
  }

  /** What is known is now what the snapshot says. */
  void complete(Snapshot snapshot) {
    bootId = snapshot.source().bootId();
    lastSequence = snapshot.lastSequence();
    complete = true;
  }

  private boolean isOfThisBoot(Snapshot snapshot) {
    return snapshot.source().bootId().equals(bootId);
  }
}
