package io.keepstream.health.added;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.OperatorEvent.OverrideCleared;
import io.keepstream.contract.event.OperatorEvent.OverrideSet;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.ServerOverride;
import io.keepstream.contract.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What lvs-service has said about real servers that operators have added. It stands until it is
 * contradicted; a snapshot that is older than an event contradicts nothing.
 */
public final class AddedServers {
  private final Map<BackendRef, Integer> weights = new LinkedHashMap<>();
  private String bootId = "";
  private long lastSequence;

  /** Their weights, in the order in which they were added. */
  public Map<BackendRef, Integer> weights() {
    return new LinkedHashMap<>(weights);
  }

  /** Takes an event of lvs-service; true when it changes anything. */
  public boolean take(Envelope envelope) {
    bootId = envelope.source().bootId();
    lastSequence = envelope.sequence();
    return switch (envelope.event()) {
      case OverrideSet set when set.kind() == OverrideKind.ADDED ->
          !set.weight().equals(weights.put(set.backend(), set.weight()));
      case OverrideCleared cleared when cleared.kind() == OverrideKind.ADDED ->
          weights.remove(cleared.backend()) != null;
      default -> false;
    };
  }

  /** Takes a snapshot of lvs-service; true when it changes anything. */
  public boolean take(Snapshot snapshot) {
    boolean sameBoot = snapshot.source().bootId().equals(bootId);
    boolean stale = sameBoot && snapshot.lastSequence() < lastSequence;
    if (stale || !(snapshot.state() instanceof ServiceState.Lvs lvs)) {
      return false;
    }
    Map<BackendRef, Integer> said = new LinkedHashMap<>();
    for (ServerOverride each : lvs.overrides()) {
      if (each.kind() == OverrideKind.ADDED) {
        said.put(each.backend(), each.weight());
      }
    }
    boolean news = !said.equals(weights);
    weights.clear();
    weights.putAll(said);
    return news;
  }
}
