package io.keepstream.lvs.edge;

import io.keepstream.contract.Instruction;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.port.WillStore;
import io.keepstream.lvs.will.Ruling;
import io.keepstream.lvs.will.Settlement;
import io.keepstream.lvs.will.Will;
import io.keepstream.lvs.will.WillForm;
import io.keepstream.runtime.EventPublisher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what operators want: loads it, changes it, tells of it and keeps it. All methods are called
 * on one context; files are read and written away from it.
 */
final class OperatorDesk {
  private static final Logger log = LoggerFactory.getLogger(OperatorDesk.class);

  private final WillStore store;
  private final EventPublisher events;
  private final WorkerExecutor worker;
  private Will will = Will.NOTHING;

  OperatorDesk(Vertx vertx, WillStore store, EventPublisher events) {
    this.store = store;
    this.events = events;
    this.worker = vertx.createSharedWorkerExecutor("lvs-will", 1);
  }

  Will will() {
    return will;
  }

  /** Takes up what a run before has kept; what cannot be read is told and put aside. */
  Future<Void> open() {
    return worker
        .executeBlocking(store::load)
        .map(
            found -> {
              found.ifPresent(kept -> will = restored(kept));
              return (Void) null;
            })
        .recover(this::forgo);
  }

  /** People may still read it, so the next order does not take its place. */
  private Future<Void> forgo(Throwable failure) {
    return worker
        .executeBlocking(store::setAside)
        .otherwise(e -> "left where it is: " + e)
        .map(
            where -> {
              log.error(
                  "What operators have set before is not known: {}; it is now {}",
                  failure.toString(),
                  where);
              return (Void) null;
            });
  }

  private Will restored(WillStore.Kept kept) {
    long elapsedMillis =
        Math.max(0, Duration.between(kept.writtenAt(), events.wallClock().instant()).toMillis());
    return WillForm.restored(kept.overrides(), kept.nodeDrain(), elapsedMillis, System.nanoTime());
  }

  /** The configuration as it is to be where {@code file} says what it says. */
  LvsConfig settle(LvsConfig file) {
    take(Settlement.of(will, file, System.nanoTime()));
    return will.over(file);
  }

  /**
   * What an order would lead to; nothing is done yet.
   *
   * @throws IllegalArgumentException with a message for people when it cannot be obeyed
   */
  Will.Step rule(
      Instruction order, LvsConfig file, Function<BackendRef, Optional<OpenConnections>> open) {
    return Ruling.of(order, new Ruling.Scene(will, file, open, System.nanoTime()));
  }

  /** Takes what was read of the table; true when another table is wanted now. */
  boolean read(Function<BackendRef, Optional<OpenConnections>> open) {
    return take(will.read(open, System.nanoTime()));
  }

  /** Lets time pass. */
  void pass(long nowNanos) {
    take(will.pass(nowNanos));
  }

  private boolean take(Will.Step step) {
    boolean news = !step.events().isEmpty();
    if (news) {
      accept(step).onFailure(failure -> log.error("{}", failure.getMessage()));
    } else {
      will = step.will();
    }
    return news;
  }

  /** Goes over to another will and tells of it; fails with a message when it could not be kept. */
  Future<Void> accept(Will.Step step) {
    will = step.will();
    step.events().forEach(events::publish);
    long nowNanos = System.nanoTime();
    WillStore.Kept kept =
        new WillStore.Kept(
            events.wallClock().instant(),
            WillForm.of(will, nowNanos),
            WillForm.ofNode(will, nowNanos));
    return worker
        .<Void>executeBlocking(
            () -> {
              store.save(kept);
              return null;
            })
        .recover(failure -> Future.failedFuture("this is not kept over a restart: " + failure));
  }

  Future<Void> close() {
    return worker.close();
  }
}
