package io.keepstream.health.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.event.BackendEvent.ChecksCopied;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.health.added.AddedServers;
import io.keepstream.health.added.SiblingChecks;
import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.config.HealthConfig;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Hears on the event bus of real servers that operators have added, asks lvs-service about them at
 * the start, and tells how they are checked.
 */
final class Additions {
  private final Vertx vertx;
  private final Consumer<Event> events;
  private final Runnable changed;
  private final AddedServers added = new AddedServers();
  private final Map<BackendRef, List<String>> told = new HashMap<>();
  private boolean stopped;

  /**
   * Nothing was added yet.
   *
   * @param changed called on the context of {@link #start} when others were
   */
  Additions(Vertx vertx, Consumer<Event> events, Runnable changed) {
    this.vertx = vertx;
    this.events = events;
    this.changed = changed;
  }

  /** Listens from now on. */
  void start() {
    vertx.eventBus().<Envelope>consumer(Bus.EVENTS, message -> heard(message.body()));
    vertx.eventBus().<Snapshot>consumer(Bus.SNAPSHOTS, message -> seen(message.body()));
    vertx
        .eventBus()
        .<Snapshot>request(Bus.snapshotOf(Service.LVS), Service.HEALTH.label())
        .onSuccess(reply -> seen(reply.body()));
  }

  /** Nobody is checked any more, of which nothing is told. */
  void stop() {
    stopped = true;
  }

  private void heard(Envelope envelope) {
    if (!stopped && envelope.source().service() == Service.LVS && added.take(envelope)) {
      changed.run();
    }
  }

  private void seen(Snapshot snapshot) {
    if (!stopped && snapshot.source().service() == Service.LVS && added.take(snapshot)) {
      changed.run();
    }
  }

  /** The configuration with the checks of those that were added; tells of them what is new. */
  HealthConfig over(HealthConfig file) {
    if (stopped) {
      return file;
    }
    Map<BackendRef, Set<CheckConfig>> checks = SiblingChecks.of(file, added.weights());
    told.keySet().retainAll(checks.keySet());
    checks.forEach(this::tell);
    checks.values().removeIf(Set::isEmpty);
    return checks.isEmpty() ? file : file.with(checks);
  }

  private void tell(BackendRef backend, Set<CheckConfig> checks) {
    List<String> labels = checks.stream().map(check -> check.target().label()).toList();
    if (!labels.equals(told.put(backend, labels))) {
      boolean up =
          checks.stream()
              .noneMatch(check -> check.rules().counting().startsFailed() && !check.shadow());
      events.accept(new ChecksCopied(backend, labels, up));
    }
  }
}
