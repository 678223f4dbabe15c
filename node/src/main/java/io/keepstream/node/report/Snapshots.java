package io.keepstream.node.report;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks all services for their snapshots, and remembers the last one of each. */
public final class Snapshots {
  private static final List<Service> ALL =
      List.of(Service.ELECTION, Service.HEALTH, Service.LVS, Service.NOTIFIER);
  private static final DeliveryOptions DEADLINE = new DeliveryOptions().setSendTimeout(1_000);

  private record Heard(Snapshot snapshot, long atNanos) {}

  private final EventBus bus;
  private final Set<Service> own;
  private final Function<Service, OptionalLong> seenNanos;
  private final Map<Service, Heard> last = new ConcurrentHashMap<>();

  /**
   * Listens on {@code bus} from now on, in a process with these services.
   *
   * @param seenNanos when another process with a service came, or was lost; empty if there was none
   */
  public Snapshots(EventBus bus, Set<Service> own, Function<Service, OptionalLong> seenNanos) {
    this.bus = bus;
    this.own = Set.copyOf(own);
    this.seenNanos = seenNanos;
    bus.<Snapshot>consumer(Bus.SNAPSHOTS, message -> overheard(message.body()));
  }

  /** How all services stand; it takes a second when one does not answer, and never fails. */
  public Future<NodeReport> ask() {
    return ask(ALL);
  }

  /** How the services of this process stand, without what only people ask for. */
  public Future<NodeReport> askOwn() {
    return ask(own, Service.names(own));
  }

  /** How some stand, where the whole state of all others may be long. */
  public Future<NodeReport> ask(Collection<Service> services) {
    return ask(services, "");
  }

  private Future<NodeReport> ask(Collection<Service> services, String reader) {
    Map<Service, Future<?>> answers = new EnumMap<>(Service.class);
    services.forEach(service -> answers.put(service, ask(service, reader)));
    return Future.join(new ArrayList<>(answers.values()))
        .transform(done -> Future.succeededFuture(report(answers)));
  }

  private Future<?> ask(Service service, String reader) {
    return bus.<Snapshot>request(Bus.snapshotOf(service), reader, DEADLINE)
        .map(Message::body)
        .onSuccess(this::heard);
  }

  /**
   * What services of this process publish is not kept: it may be of tens of thousands of servers,
   * and would be replaced every five seconds, which collectors have to clean up after.
   */
  private void overheard(Snapshot snapshot) {
    if (!own.contains(snapshot.source().service())) {
      heard(snapshot);
    }
  }

  private void heard(Snapshot snapshot) {
    last.put(snapshot.source().service(), new Heard(snapshot, System.nanoTime()));
  }

  private NodeReport report(Map<Service, Future<?>> answers) {
    return new NodeReport(
        answers.entrySet().stream()
            .map(answer -> report(answer.getKey(), answer.getValue().succeeded()))
            .toList());
  }

  private ServiceReport report(Service service, boolean answered) {
    Heard heard = last.get(service);
    OptionalLong missing =
        answered || heard != null ? OptionalLong.empty() : seenNanos.apply(service);
    return new ServiceReport(
        service,
        own.contains(service),
        answered,
        heard == null ? null : millisSince(heard.atNanos()),
        missing.isPresent() ? millisSince(missing.getAsLong()) : null,
        heard == null ? null : heard.snapshot());
  }

  private static Long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
