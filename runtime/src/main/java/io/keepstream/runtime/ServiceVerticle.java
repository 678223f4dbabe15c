package io.keepstream.runtime;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What every service is on the bus: a publisher of events, a source of snapshots, and an owner of
 * one part of the configuration.
 *
 * @param <C> the service's configuration, an immutable record
 */
public abstract class ServiceVerticle<C> extends VerticleBase {
  private static final long SNAPSHOT_MILLIS = TimeUnit.SECONDS.toMillis(5);

  private final String node;
  private final Service service;
  private C config;
  private EventPublisher events;

  /** A service of the node called {@code node}. */
  protected ServiceVerticle(String node, Service service, C config) {
    this.node = node;
    this.service = service;
    this.config = config;
  }

  @Override
  public final Future<?> start() {
    Source source = new Source(node, service, UUID.randomUUID().toString());
    events = new EventPublisher(vertx.eventBus(), source, InstantSource.system());
    vertx
        .eventBus()
        .<String>consumer(
            Bus.snapshotOf(service),
            request ->
                snapshot()
                    .compose(taken -> answer(taken, request.body()))
                    .onSuccess(request::reply));
    return begin(config).onSuccess(ready -> publishSnapshots());
  }

  private Future<Snapshot> answer(Snapshot taken, String reader) {
    return reader == null || reader.isEmpty()
        ? detailed(taken.state()).map(taken::with)
        : Future.succeededFuture(taken.fit(Service.named(reader)));
  }

  @Override
  public final Future<?> stop() {
    return end();
  }

  /**
   * Puts another configuration in force, changing only what differs. May be called from any thread;
   * the node has already refused configurations with errors. When it fails, the configuration
   * before still counts as the one in force.
   */
  public final Future<?> reconfigure(C next) {
    Promise<Object> changed = Promise.promise();
    context.runOnContext(now -> changeTo(next).mapEmpty().onComplete(changed));
    return changed.future();
  }

  private Future<?> changeTo(C next) {
    try {
      return change(config, next).onSuccess(changed -> config = next);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /**
   * Completes when all loops that work for the service have come to it: how long that takes is how
   * long anything waits for them. May be called from any thread.
   */
  public final Future<?> reach() {
    Promise<Object> reached = Promise.promise();
    context.runOnContext(now -> reachInner().mapEmpty().onComplete(reached));
    return reached.future();
  }

  /** The same for loops besides the one of the verticle. */
  protected Future<?> reachInner() {
    return Future.succeededFuture();
  }

  /** Starts with {@code config}; the future completes when the service does its job. */
  protected abstract Future<?> begin(C config);

  /** Goes from one configuration to another. */
  protected abstract Future<?> change(C previous, C next);

  /** Leaves politely. */
  protected abstract Future<?> end();

  /** The service's state now, as other services need it; called on the service's context. */
  protected abstract Future<ServiceState> state();

  /** {@code state} with what only people ask for, which may be known a little later. */
  protected Future<ServiceState> detailed(ServiceState state) {
    return Future.succeededFuture(state);
  }

  /** Where it can be asked, once it runs. */
  public final Set<String> addresses() {
    Set<String> addresses = new HashSet<>(Bus.addressesOf(service));
    addresses.add(Bus.recallFrom(events.source()));
    return addresses;
  }

  /** Where transitions go. */
  protected final EventPublisher events() {
    return events;
  }

  /** The node's name. */
  protected final String node() {
    return node;
  }

  private void publishSnapshots() {
    vertx.setPeriodic(
        SNAPSHOT_MILLIS,
        timer -> snapshot().onSuccess(taken -> vertx.eventBus().publish(Bus.SNAPSHOTS, taken)));
  }

  /** The sequence is read first: an event that happens meanwhile may come twice, never be lost. */
  private Future<Snapshot> snapshot() {
    long lastSequence = events.lastSequence();
    return state()
        .map(
            state ->
                new Snapshot(events.source(), lastSequence, events.wallClock().instant(), state));
  }
}
