package io.keepstream.node.run;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.runtime.EventPublisher;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.edge.EventLink;
import io.keepstream.runtime.link.edge.LinkListener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The other processes of this node, as this one sees them. What it sees is told to its own services
 * only, so that each of them, wherever it runs, hears once of what is lost to it; hence the events
 * have a source of their own.
 */
final class Peers implements LinkListener {
  private final Vertx vertx;
  private final Context outside;
  private final EventPublisher seen;
  private final Map<String, Set<Service>> present = new ConcurrentHashMap<>();
  private final Map<Service, Long> heardNanos = new ConcurrentHashMap<>();
  private final Map<Service, Long> lostNanos = new HashMap<>();
  private final Map<Service, Promise<Void>> arrivals = new HashMap<>();
  private volatile boolean leaving;

  /** Those of the node called {@code node}; to be made outside of all verticles. */
  Peers(Vertx vertx, String node) {
    this.vertx = vertx;
    outside = vertx.getOrCreateContext();
    Source source = new Source(node, Service.NODE, UUID.randomUUID().toString());
    seen = new EventPublisher(vertx.eventBus(), source, InstantSource.system(), EventLink.here());
    for (Service service : Service.values()) {
      arrivals.put(service, Promise.promise());
    }
    vertx.eventBus().<Envelope>consumer(Bus.EVENTS, said -> heard(said.body().source()));
    vertx.eventBus().<Snapshot>consumer(Bus.SNAPSHOTS, said -> heard(said.body().source()));
  }

  private void heard(Source source) {
    heardNanos.put(source.service(), System.nanoTime());
  }

  /** The names of those that are there. */
  Set<String> names() {
    return Set.copyOf(present.keySet());
  }

  /** Completes when {@code service} is there, or when it has not come within {@code millis}. */
  Future<Void> await(Service service, long millis) {
    Promise<Void> arrival = arrivals.get(service);
    vertx.setTimer(millis, late -> arrival.tryComplete());
    return arrival.future();
  }

  /** From now on nothing is told any more. */
  void leave() {
    leaving = true;
  }

  @Override
  public void joined(String peer, Set<String> exports) {
    Set<Service> services = Bus.servicesAt(exports);
    Set<Service> before = present.put(peer, services);
    services.stream()
        .filter(service -> before == null || !before.contains(service))
        .forEach(service -> arrived(service, peer));
  }

  private void arrived(Service service, String peer) {
    Long lost = lostNanos.remove(service);
    if (lost != null) {
      tell(new NodeEvent.ServiceBack(service, peer, millisSince(lost)));
    }
    outside.runOnContext(now -> arrivals.get(service).tryComplete());
    vertx
        .eventBus()
        .<Snapshot>request(Bus.snapshotOf(service), "")
        .onSuccess(
            reply -> vertx.eventBus().publish(Bus.SNAPSHOTS, reply.body(), EventLink.here()));
  }

  @Override
  public void left(String peer, DropReason reason) {
    long nowNanos = System.nanoTime();
    for (Service service : present.remove(peer)) {
      lostNanos.put(service, nowNanos);
      long silentMillis = millisSince(heardNanos.getOrDefault(service, nowNanos));
      tell(new NodeEvent.ServiceLost(service, peer, reason.words(), silentMillis));
    }
  }

  private void tell(NodeEvent event) {
    if (!leaving) {
      seen.publish(event);
    }
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
