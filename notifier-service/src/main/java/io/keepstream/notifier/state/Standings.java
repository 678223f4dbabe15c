package io.keepstream.notifier.state;

import com.fasterxml.jackson.core.type.TypeReference;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.Backend;
import io.keepstream.contract.snapshot.ServiceState.BfdSession;
import io.keepstream.contract.snapshot.ServiceState.Instance;
import io.keepstream.contract.snapshot.ServiceState.Sink;
import io.keepstream.contract.snapshot.ServiceState.Tracker;
import io.keepstream.contract.snapshot.ServiceState.VirtualServer;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.contract.snapshot.Standing;
import io.keepstream.runtime.ContractJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Takes snapshots apart into what is said of each subject. */
public final class Standings {
  /** What changes all the time and says nothing about the state. */
  private static final Set<String> RESTLESS =
      Set.of(
          "backend",
          "connections",
          "counters",
          "deadLetters",
          "delivered",
          "failures",
          "queued",
          "router",
          "traffic");

  private final Snapshot snapshot;
  private final Map<String, Standing> bySubject = new LinkedHashMap<>();

  private Standings(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** By subject, in the words that events use for them. */
  public static Map<String, Standing> of(Snapshot snapshot) {
    Standings standings = new Standings(snapshot);
    standings.read();
    return standings.bySubject;
  }

  private void read() {
    switch (snapshot.state()) {
      case ServiceState.Election election -> {
        election.instances().forEach(this::add);
        election.bfdSessions().forEach(this::add);
      }
      case ServiceState.Health health -> {
        health.backends().forEach(this::add);
        health.trackers().forEach(this::add);
      }
      case ServiceState.Lvs lvs -> lvs.virtualServers().forEach(this::add);
      case ServiceState.Notifier notifier -> notifier.sinks().forEach(this::add);
    }
  }

  private void add(Instance instance) {
    Map<String, Object> state = fields(instance);
    state.put("vrid", instance.router().vrid());
    state.put("family", instance.router().family());
    state.put("networkInterface", instance.router().networkInterface());
    add("vrrp/" + instance.router().instance(), instance.ageMillis(), state);
  }

  private void add(BfdSession session) {
    add("bfd/" + session.session(), session.ageMillis(), fields(session));
  }

  private void add(Backend backend) {
    String subject =
        "backend/" + backend.backend().virtualServer() + "/" + backend.backend().realServer();
    add(subject, backend.ageMillis(), fields(backend));
  }

  private void add(Tracker tracker) {
    String subject = "tracker/" + tracker.tracker().kind().label() + "/" + tracker.tracker().name();
    add(subject, tracker.ageMillis(), fields(tracker));
  }

  private void add(VirtualServer server) {
    add("virtual-server/" + server.virtualServer(), server.ageMillis(), fields(server));
  }

  private void add(Sink sink) {
    add("delivery/" + sink.sink(), sink.ageMillis(), fields(sink));
  }

  private void add(String subject, long ageMillis, Map<String, Object> state) {
    bySubject.put(
        subject,
        new Standing(snapshot.source(), subject, snapshot.takenAt().minusMillis(ageMillis), state));
  }

  private static Map<String, Object> fields(Object entry) {
    Map<String, Object> fields =
        ContractJson.mapper().convertValue(entry, new TypeReference<Map<String, Object>>() {});
    settle(fields);
    return fields;
  }

  private static void settle(Object part) {
    switch (part) {
      case Map<?, ?> fields -> {
        fields
            .keySet()
            .removeIf(name -> name.toString().endsWith("Millis") || RESTLESS.contains(name));
        fields.values().removeIf(Objects::isNull);
        fields.values().forEach(Standings::settle);
      }
      case List<?> entries -> entries.forEach(Standings::settle);
      default -> {}
    }
  }
}
