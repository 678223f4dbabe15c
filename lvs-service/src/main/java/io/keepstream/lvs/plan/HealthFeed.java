package io.keepstream.lvs.plan;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What health-service has said about real servers.
 *
 * <p>Its events are numbered without gaps and its snapshots say up to which event they reach. After
 * a gap, or when it has started anew, the verdicts are incomplete until a snapshot that reaches the
 * latest event comes.
 *
 * <p>Verdicts stand until they are contradicted: silence changes nothing, and neither does what a
 * health-service that has just started presumes of servers it has not checked yet.
 */
public final class HealthFeed {
  private final Map<BackendRef, Verdict> verdicts = new HashMap<>();
  private String bootId = "";
  private long lastSequence;
  private boolean complete;
  private boolean settled;

  /** Whether each real server is up and with which weight, as far as has been said. */
  public Map<BackendRef, Verdict> verdicts() {
    return Map.copyOf(verdicts);
  }

  /** Whether nothing was missed. */
  public boolean complete() {
    return complete;
  }

  /**
   * Forgets the verdicts of all other servers and is incomplete from now on: health-service has the
   * same configuration, and knows nothing from before of a server that was gone meanwhile.
   */
  public void keepOnly(Set<BackendRef> backends) {
    verdicts.keySet().retainAll(backends);
    complete = false;
  }

  /** Takes an event of health-service; true when a verdict changed. */
  public boolean take(Envelope envelope) {
    if (!envelope.source().bootId().equals(bootId)) {
      bootId = envelope.source().bootId();
      complete = false;
    } else if (envelope.sequence() <= lastSequence) {
      return false;
    } else if (envelope.sequence() > lastSequence + 1) {
      complete = false;
    }
    lastSequence = envelope.sequence();
    return envelope.event() instanceof BackendEvent event
        && switch (event) {
          case BackendEvent.Up up -> put(up.backend(), true);
          case BackendEvent.Down down -> put(down.backend(), false);
          case BackendEvent.WeightAdjusted it -> adjust(it.backend(), it.adjustment());
          case BackendEvent.CheckChanged single -> false;
          case BackendEvent.ShadowVerdict shadow -> false;
          case BackendEvent.Added added -> false;
          case BackendEvent.Removed removed -> false;
          case BackendEvent.WeightChanged changed -> false;
        };
  }

  /** Takes a snapshot of health-service unless it has nothing new; true when taken. */
  public boolean take(Snapshot snapshot) {
    boolean sameBoot = snapshot.source().bootId().equals(bootId);
    boolean stale = sameBoot && snapshot.lastSequence() < lastSequence;
    boolean known = sameBoot && complete && settled && snapshot.lastSequence() == lastSequence;
    if (stale || known || !(snapshot.state() instanceof ServiceState.Health health)) {
      return false;
    }
    bootId = snapshot.source().bootId();
    lastSequence = snapshot.lastSequence();
    complete = true;
    settled = true;
    Map<BackendRef, Verdict> before = Map.copyOf(verdicts);
    verdicts.clear();
    for (ServiceState.Backend each : health.backends()) {
      Verdict said = new Verdict(each.up(), each.weightAdjustment());
      boolean presumed = each.evidence() == null;
      Verdict verdict = presumed ? before.getOrDefault(each.backend(), said) : said;
      settled &= verdict.equals(said);
      verdicts.put(each.backend(), verdict);
    }
    return true;
  }

  private boolean put(BackendRef backend, boolean up) {
    Verdict before = verdicts.get(backend);
    int adjustment = before == null ? 0 : before.weightAdjustment();
    verdicts.put(backend, new Verdict(up, adjustment));
    return before == null || before.up() != up;
  }

  /** Of a server that nothing is known of yet the next snapshot tells more. */
  private boolean adjust(BackendRef backend, int adjustment) {
    Verdict before = verdicts.get(backend);
    if (before == null || before.weightAdjustment() == adjustment) {
      return false;
    }
    verdicts.put(backend, new Verdict(before.up(), adjustment));
    return true;
  }
}
