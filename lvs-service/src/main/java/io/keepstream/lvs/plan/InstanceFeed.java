package io.keepstream.lvs.plan;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;

/** What election-service has said about its instances. States stand until they are contradicted. */
public final class InstanceFeed implements Feed {
  private final Continuity continuity = new Continuity();
  private final Map<String, VrrpState> states = new HashMap<>();

  /** The states by the name of the instance, as far as they are known. */
  public Map<String, VrrpState> states() {
    return Map.copyOf(states);
  }

  @Override
  public boolean complete() {
    return continuity.complete();
  }

  @Override
  public boolean take(Envelope envelope) {
    if (!continuity.isNew(envelope)) {
      return false;
    }
    return switch (envelope.event()) {
      case VrrpEvent.InstanceChanged it -> it.to() != states.put(it.router().instance(), it.to());
      case VrrpEvent.Renamed it -> {
        states.remove(it.formerly());
        yield it.state() != states.put(it.router().instance(), it.state());
      }
      default -> false;
    };
  }

  @Override
  public boolean take(Snapshot snapshot) {
    if (continuity.isStale(snapshot)
        || continuity.isKnown(snapshot)
        || !(snapshot.state() instanceof ServiceState.Election election)) {
      return false;
    }
    continuity.complete(snapshot);
    Map<String, VrrpState> said = new HashMap<>();
    election.instances().forEach(each -> said.put(each.router().instance(), each.state()));
    boolean changed = !said.equals(states);
    states.clear();
    states.putAll(said);
    return changed;
  }
}
