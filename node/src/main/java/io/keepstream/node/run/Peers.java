package io.keepstream.node.run;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Order;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.runtime.EventPublisher;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.edge.EventLink;
import io.keepstream.runtime.link.edge.LinkListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The other processes of this node, as this one sees them. What it sees is told to its own services
 * only, so that each of them, wherever it runs, hears once of what is lost to it; hence the events
 * have a source of their own.
 */
final class Peers implements LinkListener {
  private static final long ORDER_MILLIS = TimeUnit.SECONDS.toMillis(15);
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 20;
  static final long COME_AGAIN_MILLIS = 1_000;

  private final Vertx vertx;
  private final Context outside;
  private final Set<Service> own;
  private final EventPublisher seen;
  private final Map<String, Set<Service>> present = new ConcurrentHashMap<>();
  private final Set<String> obedient = ConcurrentHashMap.newKeySet();
  private final Map<Service, Long> heardNanos = new ConcurrentHashMap<>();
  private final Map<Service, Long> seenNanos = new ConcurrentHashMap<>();
  private final Map<Service, Long> lostNanos = new HashMap<>();
  private final Map<Service, Promise<Void>> arrivals = new HashMap<>();
  private Optional<EventLink> link = Optional.empty();
  private volatile Consumer<String> welcome = name -> {};
  private volatile boolean leaving;

  /**
   * Those of the node called {@code node}, nobody at first; to be made outside of all verticles.
   *
   * @param own the services of this process
   */
  Peers(Vertx vertx, String node, Set<Service> own) {
    this.vertx = vertx;
    this.own = Set.copyOf(own);
    outside = vertx.getOrCreateContext();
    Source source = new Source(node, Service.NODE, UUID.randomUUID().toString());
    seen = new EventPublisher(vertx.eventBus(), source, InstantSource.system(), EventLink.here());
    for (Service service : Service.values()) {
      arrivals.put(service, Promise.promise());
    }
  }

  /** Meets them in {@code directory}. */
  Future<?> meet(Path directory, MeterRegistry meters) {
    EventLink opened =
        new EventLink(directory, name(), Set.of(Bus.EVENTS, Bus.SNAPSHOTS), this, meters);
    vertx.eventBus().<Envelope>consumer(Bus.EVENTS, said -> heard(said.body().source()));
    vertx.eventBus().<Snapshot>consumer(Bus.SNAPSHOTS, said -> heard(said.body().source()));
    link = Optional.of(opened);
    return vertx.deployVerticle(opened);
  }

  /** What this process is called. */
  String name() {
    return Service.names(own);
  }

  /** The services of this process. */
  Set<Service> own() {
    return own;
  }

  /** Lets them ask at these addresses. */
  void export(Set<String> addresses) {
    link.ifPresent(open -> open.export(addresses));
  }

  /**
   * Does what they order from now on.
   *
   * @param welcome takes the name of each that begins to do what it is ordered, or does so again
   */
  void obey(Function<Order, Future<String>> action, Consumer<String> welcome) {
    this.welcome = welcome;
    String address = Bus.ordersTo(name());
    vertx
        .eventBus()
        .<Order>consumer(
            address,
            order ->
                action
                    .apply(order.body())
                    .onSuccess(order::reply)
                    .onFailure(refusal -> order.fail(0, refusal.getMessage())));
    export(Set.of(address));
  }

  /** Has the one called {@code name} do something. */
  Future<?> order(String name, Order order) {
    return vertx
        .eventBus()
        .request(Bus.ordersTo(name), order, new DeliveryOptions().setSendTimeout(ORDER_MILLIS));
  }

  /** Whether {@code failure} of an order is an answer, and not that there was none. */
  static boolean refuses(Throwable failure) {
    return failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE;
  }

  /** When another process with {@code service} came, or was lost; empty if there was none. */
  OptionalLong seenNanos(Service service) {
    Long nanos = seenNanos.get(service);
    return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  private void see(String peer) {
    long nowNanos = System.nanoTime();
    Service.named(peer).forEach(service -> seenNanos.put(service, nowNanos));
  }

  /** Completes when {@code service} runs here or there, or has not come within {@code millis}. */
  Future<Void> await(Service service, long millis) {
    if (link.isEmpty() || own.contains(service)) {
      return Future.succeededFuture();
    }
    Promise<Void> arrival = arrivals.get(service);
    vertx.setTimer(millis, late -> arrival.tryComplete());
    return arrival.future();
  }

  /**
   * Completes when those are gone that leave before this process, or have had time to. Nothing is
   * told of them any more.
   */
  Future<Void> leaveInTurn() {
    leaving = true;
    List<Service> before =
        Node.START_ORDER.reversed().stream().takeWhile(each -> !own.contains(each)).toList();
    return gone(before, System.nanoTime() + TURN_NANOS);
  }

  private Future<Void> gone(List<Service> services, long untilNanos) {
    boolean gone = present.values().stream().allMatch(each -> Collections.disjoint(each, services));
    return gone || System.nanoTime() >= untilNanos
        ? Future.succeededFuture()
        : vertx.timer(LOOK_MILLIS).compose(later -> gone(services, untilNanos));
  }

  private void heard(Source source) {
    heardNanos.put(source.service(), System.nanoTime());
  }

  /** The names of those that are there. */
  Set<String> names() {
    return Set.copyOf(present.keySet());
  }

  /** The names of those that do what they are ordered, which who still starts does not. */
  Set<String> obedient() {
    return Set.copyOf(obedient);
  }

  /** From now on nothing is told any more. */
  void leave() {
    leaving = true;
  }

  @Override
  public void joined(String peer, Set<String> exports) {
    Set<Service> services = Bus.servicesAt(exports);
    Set<Service> before = present.put(peer, services);
    if (before == null) {
      see(peer);
    }
    services.stream()
        .filter(service -> before == null || !before.contains(service))
        .forEach(service -> arrived(service, peer));
    if (exports.contains(Bus.ordersTo(peer)) && obedient.add(peer)) {
      welcome.accept(peer);
    }
  }

  private void arrived(Service service, String peer) {
    Long lost = lostNanos.remove(service);
    if (lost != null) {
      tell(new NodeEvent.ServiceBack(service, peer, millisSince(lost)));
    }
    outside.runOnContext(now -> arrivals.get(service).tryComplete());
    vertx
        .eventBus()
        .<Snapshot>request(Bus.snapshotOf(service), name())
        .onSuccess(
            reply -> vertx.eventBus().publish(Bus.SNAPSHOTS, reply.body(), EventLink.here()));
  }

  @Override
  public Object fit(Object message, String peer) {
    return message instanceof Snapshot snapshot ? snapshot.fit(Service.named(peer)) : message;
  }

  @Override
  public boolean complete() {
    return Stream.concat(own.stream(), present.values().stream().flatMap(Set::stream))
        .collect(Collectors.toSet())
        .containsAll(Node.START_ORDER);
  }

  /** Who stood still gives the others time to come again before he calls them lost. */
  @Override
  public void left(String peer, DropReason reason) {
    obedient.remove(peer);
    see(peer);
    Set<Service> services = present.remove(peer);
    if (reason == DropReason.OVERSLEPT) {
      vertx.setTimer(
          COME_AGAIN_MILLIS,
          later -> {
            if (!present.containsKey(peer)) {
              lost(services, peer, reason);
            }
          });
    } else {
      lost(services, peer, reason);
    }
  }

  private void lost(Set<Service> services, String peer, DropReason reason) {
    long nowNanos = System.nanoTime();
    for (Service service : services) {
      if (lostNanos.putIfAbsent(service, nowNanos) == null) {
        long silentMillis = millisSince(heardNanos.getOrDefault(service, nowNanos));
        tell(new NodeEvent.ServiceLost(service, peer, reason.words(), silentMillis));
      }
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
