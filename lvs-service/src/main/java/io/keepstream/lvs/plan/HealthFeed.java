package io.keepstream.lvs.plan;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.OperatorEvent;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What health-service has said about real servers.
 *
 * <p>Verdicts stand until they are contradicted: silence changes nothing, and neither does what a
 * health-service that has just started presumes of servers it has not checked yet.
 */
public final class HealthFeed implements Feed {
  private final Map<BackendRef, Verdict> verdicts = new HashMap<>();
  private final Continuity continuity = new Continuity();
  private boolean settled;

  /** Takes servers that nothing was said of for up until something is. */
  public void presumeUp(Set<BackendRef> backends) {
    backends.forEach(backend -> verdicts.putIfAbsent(backend, Verdict.UP));
  }

  /** Whether each real server is up and with which weight, as far as has been said. */
  public Map<BackendRef, Verdict> verdicts() {
    return Map.copyOf(verdicts);
  }

  @Override
  public boolean complete() {
    return continuity.complete();
  }

  /**
   * Forgets the verdicts of all other servers and is incomplete from now on: health-service has the
   * same configuration, and knows nothing from before of a server that was gone meanwhile.
   */
  public void keepOnly(Set<BackendRef> backends) {
    forgetOthers(backends);
    continuity.doubt();
  }

  /** Forgets the verdicts of all other servers. */
  public void forgetOthers(Set<BackendRef> backends) {
    verdicts.keySet().retainAll(backends);
  }

  @Override
  public boolean take(Envelope envelope) {
    return continuity.isNew(envelope)
        && envelope.event() instanceof BackendEvent event
        && switch (event) {
          case BackendEvent.Up up -> put(up.backend(), true);
          case BackendEvent.Down down -> put(down.backend(), false);
          case BackendEvent.WeightAdjusted it -> adjust(it.backend(), it.adjustment());
          case BackendEvent.ChecksCopied it -> !it.checks().isEmpty() && presume(it);
          case BackendEvent.CheckChanged _, BackendEvent.ShadowVerdict _ -> false;
          case BackendEvent.StartedUp _, BackendEvent.Withdrawn _ -> false;
          case BackendEvent.Added _, BackendEvent.Removed _ -> false;
          case BackendEvent.WeightChanged _, OperatorEvent _ -> false;
        };
  }

  @Override
  public boolean take(Snapshot snapshot) {
    boolean known = settled && continuity.isKnown(snapshot);
    if (continuity.isStale(snapshot)
        || known
        || !(snapshot.state() instanceof ServiceState.Health health)) {
      return false;
    }
    continuity.complete(snapshot);
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

  private boolean presume(BackendEvent.ChecksCopied said) {
    return verdicts.putIfAbsent(said.backend(), said.up() ? Verdict.UP : Verdict.DOWN) == null;
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
