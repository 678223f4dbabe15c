package io.keepstream.notifier.route;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.GroupChanged;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * The states of instances and sync groups as they were told last, for what FIFOs are told of a
 * reload: with {@code fifo_write_vrrp_states_on_reload}, what it has left as it was is said again.
 */
public final class LastStates {
  /** FIFOs that are further behind miss the repetition. */
  private static final int RELOADS = 16;

  /** More instances than any node has. */
  private static final int MOST_CONFIGURED = 1024;

  private record Said(String kind, String name, VrrpState state, int priority, Instant since) {
    String key() {
      return kind + name;
    }
  }

  private final SequencedMap<String, Said> said = new LinkedHashMap<>();
  private final SequencedMap<String, String> reloads = new LinkedHashMap<>();
  private final Map<String, Integer> configured = new HashMap<>();
  private final SequencedSet<String> reconfigured = new LinkedHashSet<>();

  /** Takes in what happens, in order. */
  public void note(Envelope envelope) {
    Instant at = envelope.occurredAt();
    if (envelope.event() instanceof VrrpEvent.InstanceChanged e) {
      configured.put(e.router().instance(), e.priority().base());
      note(new Said("INSTANCE", e.router().instance(), e.to(), e.priority().effective(), at));
    } else if (envelope.event() instanceof GroupChanged e) {
      note(new Said("GROUP", e.group(), e.to(), 0, at));
    } else if (envelope.event() instanceof VrrpEvent.PriorityChanged e) {
      noteConfigured(envelope.id(), e);
      change(e.router().instance(), e.router().instance(), e.priority().effective());
    } else if (envelope.event() instanceof VrrpEvent.Renamed e) {
      Said known = said.get("INSTANCE" + e.formerly());
      if (known != null) {
        change(e.formerly(), e.router().instance(), known.priority());
      }
    } else if (envelope.event() instanceof NodeEvent.ConfigReloaded e) {
      reloads.put(envelope.id(), unchangedSince(at.minusMillis(e.millis())));
      if (reloads.size() > RELOADS) {
        reloads.pollFirstEntry();
      }
    }
  }

  private void noteConfigured(String id, VrrpEvent.PriorityChanged event) {
    int base = event.priority().base();
    Integer before = configured.put(event.router().instance(), base);
    int change = event.priority().effective() - event.previous();
    if (before != null && before != base && change == base - before) {
      reconfigured.add(id);
    }
    if (reconfigured.size() > MOST_CONFIGURED) {
      reconfigured.removeFirst();
    }
  }

  /** Whether a priority is another because a reload says so, of which keepalived says nothing. */
  public boolean configured(Envelope changed) {
    return reconfigured.contains(changed.id());
  }

  private void note(Said next) {
    switch (next.state()) {
      case STOP, DELETED -> said.remove(next.key());
      case INIT, BACKUP, MASTER, FAULT -> said.put(next.key(), next);
    }
  }

  private void change(String formerly, String name, int priority) {
    Said known = said.remove("INSTANCE" + formerly);
    if (known != null) {
      note(new Said(known.kind(), name, known.state(), priority, known.since()));
    }
  }

  /** Of instances first, then of groups. */
  private String unchangedSince(Instant began) {
    return said.values().stream()
        .filter(each -> each.since().isBefore(began))
        .sorted(Comparator.comparing(Said::kind).reversed())
        .flatMap(
            each -> Notices.line(each.kind(), each.name(), each.state(), each.priority()).stream())
        .collect(Collectors.joining());
  }

  /** The lines that a reload asks for; empty where it has changed everything. */
  public Optional<String> lines(Envelope reloaded) {
    return Optional.ofNullable(reloads.get(reloaded.id())).filter(lines -> !lines.isEmpty());
  }
}
