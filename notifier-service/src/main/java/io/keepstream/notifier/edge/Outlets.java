package io.keepstream.notifier.edge;

import io.keepstream.notifier.config.LeftOut;
import io.keepstream.notifier.delivery.DeliveryConfig;
import io.keepstream.notifier.delivery.Message;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.port.Sink;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configured sinks of one kind of message, kept in step with the configuration. */
final class Outlets<M> {
  private static final long DRAIN_MILLIS = 1_500;

  /**
   * One sink as it should be.
   *
   * @param settings what makes it the same sink after a reload
   * @param local whether it ends with this machine, so that it need not wait for the disk
   * @param selection what it wants to know
   */
  record Plan<M>(
      Object settings,
      boolean local,
      DeliveryConfig delivery,
      Supplier<Sink<M>> sink,
      Selection<M> selection) {}

  /**
   * What a sink wants to know.
   *
   * @param leftOut what it does not hear of
   * @param message what it wants to know of an event, if anything
   */
  record Selection<M>(Set<LeftOut> leftOut, Function<Entry, Optional<Message<M>>> message) {}

  private record Outlet<M>(Plan<M> plan, DeliveryShell<M> shell) {}

  private final DeliveryShell.Surroundings surroundings;
  private final Map<String, Outlet<M>> outlets = new HashMap<>();
  private final Map<String, Future<Void>> closing = new HashMap<>();

  Outlets(DeliveryShell.Surroundings surroundings) {
    this.surroundings = surroundings;
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
    DeliveryShell<M> shell = outlets.remove(name).shell();
    Future<Void> closed = drainAndClose(shell);
    closing.put(name, closed);
    closed.onComplete(
        done -> {
          closing.remove(name, closed);
          if (!outlets.containsKey(name)) {
            shell.forget();
          }
        });
  }

  /** There may be more to deliver. */
  void pump() {
    outlets.values().forEach(outlet -> outlet.shell().pump());
  }

  /** Gives every sink a last chance, then closes all. */
  Future<?> stop() {
    Stream<Future<Void>> last =
        outlets.values().stream().map(outlet -> drainAndClose(outlet.shell()));
    return Future.join(Stream.concat(last, closing.values().stream()).toList());
  }

  Stream<DeliveryShell<M>> shells() {
    return outlets.values().stream().map(Outlet::shell);
  }

  private Outlet<M> inForce(Plan<M> plan, Outlet<M> now) {
    if (now == null) {
      Future<Void> predecessor = closing.get(plan.delivery().sink());
      DeliveryShell<M> shell = new DeliveryShell<>(surroundings, plan);
      shell.open(predecessor == null ? Future.succeededFuture() : predecessor);
      return new Outlet<>(plan, shell);
    }
    boolean same = now.plan().settings().equals(plan.settings());
    now.shell().change(plan, !same);
    return new Outlet<>(plan, now.shell());
  }

  private static Future<Void> drainAndClose(DeliveryShell<?> shell) {
    return shell.drain(DRAIN_MILLIS).eventually(shell::close);
  }
}
