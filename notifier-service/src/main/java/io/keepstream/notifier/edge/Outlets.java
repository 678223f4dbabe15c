package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.notifier.delivery.DeliveryConfig;
import io.keepstream.notifier.port.Sink;
import io.keepstream.notifier.route.Notice;
import io.keepstream.runtime.EventPublisher;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configured sinks of one kind of message, kept in step with the configuration. */
final class Outlets<M> {
  private static final long DRAIN_MILLIS = 1_500;

  /** An event as published and, if keepalived has words for it, in those words. */
  record News(Envelope envelope, Optional<Notice> notice) {}

  /**
   * One sink as it should be.
   *
   * @param settings what makes it the same sink after a reload
   * @param select what it wants to know of an event, if anything
   */
  record Plan<M>(
      Object settings,
      DeliveryConfig delivery,
      Supplier<Sink<M>> sink,
      Function<News, Optional<M>> select) {}

  private record Outlet<M>(Plan<M> plan, DeliveryShell<M> shell) {}

  private final Context context;
  private final EventPublisher events;
  private final Map<String, Outlet<M>> outlets = new HashMap<>();
  private final Map<String, Future<Void>> closing = new HashMap<>();

  Outlets(Context context, EventPublisher events) {
    this.context = context;
    this.events = events;
  }

  /** Opens what is new, reopens what has changed and closes what is not planned any more. */
  void apply(List<Plan<M>> plans) {
    Map<String, Plan<M>> planned =
        plans.stream().collect(Collectors.toMap(plan -> plan.delivery().sink(), plan -> plan));
    List.copyOf(outlets.keySet()).stream()
        .filter(name -> !planned.containsKey(name))
        .forEach(this::remove);
    planned.forEach((name, plan) -> outlets.compute(name, (same, now) -> inForce(plan, now)));
  }

  private void remove(String name) {
    Future<Void> closed = drainAndClose(outlets.remove(name));
    closing.put(name, closed);
    closed.onComplete(done -> closing.remove(name, closed));
  }

  /** Offers the news to every sink, except news of a sink's own health to itself. */
  void offer(News news) {
    outlets.forEach(
        (name, outlet) -> {
          if (!(news.envelope().event() instanceof DeliveryEvent own && own.sink().equals(name))) {
            outlet.plan().select().apply(news).ifPresent(outlet.shell()::offer);
          }
        });
  }

  /** Gives every sink a last chance, then closes all. */
  Future<?> stop() {
    Stream<Future<Void>> last = outlets.values().stream().map(Outlets::drainAndClose);
    return Future.join(Stream.concat(last, closing.values().stream()).toList());
  }

  Stream<ServiceState.Sink> snapshot() {
    return outlets.values().stream().map(outlet -> outlet.shell().snapshot());
  }

  private Outlet<M> inForce(Plan<M> plan, Outlet<M> now) {
    if (now == null) {
      DeliveryShell<M> shell =
          new DeliveryShell<>(context, events, plan.delivery(), plan.sink().get());
      Future<Void> predecessor = closing.get(plan.delivery().sink());
      shell.open(predecessor == null ? Future.succeededFuture() : predecessor);
      return new Outlet<>(plan, shell);
    }
    if (!now.plan().settings().equals(plan.settings())) {
      now.shell().reopen(plan.sink().get());
    }
    return new Outlet<>(plan, now.shell());
  }

  private static Future<Void> drainAndClose(Outlet<?> outlet) {
    return outlet.shell().drain(DRAIN_MILLIS).eventually(outlet.shell()::close);
  }
}
