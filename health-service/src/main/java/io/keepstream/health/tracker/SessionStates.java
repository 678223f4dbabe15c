package io.keepstream.health.tracker;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdEvent;
import io.keepstream.contract.event.BfdState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What election-service has said about its BFD sessions.
 *
 * <p>A session that has never been up is not known: whether that is bad is the check's to say. What
 * is known stands until it is contradicted; a snapshot that is older than an event contradicts
 * nothing.
 */
public final class SessionStates {
  private final Map<String, SessionState> known = new HashMap<>();
  private String bootId = "";
  private long lastSequence;

  /** The last that is known of a session. */
  public Optional<SessionState> of(String session) {
    return Optional.ofNullable(known.get(session));
  }

  /** Takes an event of election-service. */
  public void take(Envelope envelope) {
    bootId = envelope.source().bootId();
    lastSequence = envelope.sequence();
    switch (envelope.event()) {
      case BfdEvent.Up up -> put(up.session(), true, "session is up");
      case BfdEvent.Down down ->
          put(down.session(), false, down(down.diagnostic(), down.remoteState()));
      default -> {}
    }
  }

  /** Takes a snapshot of election-service. */
  public void take(Snapshot snapshot) {
    boolean sameBoot = snapshot.source().bootId().equals(bootId);
    boolean stale = sameBoot && snapshot.lastSequence() < lastSequence;
    if (!stale && snapshot.state() instanceof ServiceState.Election election) {
      election.bfdSessions().forEach(this::take);
    }
  }

  private void take(ServiceState.BfdSession session) {
    if (session.state() == BfdState.UP) {
      put(session.session(), true, "session is up");
    } else if (session.diagnostic() != BfdDiagnostic.NONE || known.containsKey(session.session())) {
      put(session.session(), false, down(session.diagnostic(), session.remoteState()));
    }
  }

  private static String down(BfdDiagnostic diagnostic, BfdState remote) {
    return "session is down (%s), the neighbor said %s last"
        .formatted(diagnostic.words(), remote.words());
  }

  private void put(String session, boolean up, String detail) {
    SessionState before = known.get(session);
    if (before == null || before.up() != up) {
      known.put(session, new SessionState(up, detail));
    }
  }
}
