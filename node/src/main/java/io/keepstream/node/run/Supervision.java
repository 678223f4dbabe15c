package io.keepstream.node.run;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.linux.process.ServiceManager;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Keeps the service manager informed: that this process does its job, how its services stand, and,
 * as a sign of life, that none of their loops is late.
 */
final class Supervision {
  private static final long LOOK_MILLIS = 1_000;

  /** Signs of life for each time the manager would wait for one; a loop may be as late as that. */
  private static final int BEATS = 4;

  private final Vertx vertx;
  private final ServiceManager manager;
  private final List<Service> own;
  private final Supplier<Future<?>> reach;
  private final AtomicBoolean willLook = new AtomicBoolean();
  private volatile boolean readyUntold;
  private volatile String said = "";

  /**
   * For a process with the services {@code own}.
   *
   * @param reach completes when all their loops have come to it
   */
  Supervision(Vertx vertx, ServiceManager manager, List<Service> own, Supplier<Future<?>> reach) {
    this.vertx = vertx;
    this.manager = manager;
    this.own = List.copyOf(own);
    this.reach = reach;
  }

  /** Begins with that all services run. */
  void begin() {
    vertx.eventBus().<Envelope>consumer(Bus.EVENTS, message -> heard(message.body()));
    ready();
    describe();
    long beatNanos = manager.watchdogNanos() / BEATS;
    if (beatNanos > 0) {
      vertx.setPeriodic(
          0, Math.max(1, TimeUnit.NANOSECONDS.toMillis(beatNanos)), beat -> beat(beatNanos));
    }
  }

  void ready() {
    readyUntold = !manager.tell("READY=1");
    if (readyUntold) {
      lookSoon();
    }
  }

  void reloading() {
    readyUntold = false;
    manager.tell(
        "RELOADING=1", "MONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
  }

  void stopping() {
    readyUntold = false;
    manager.tell("STOPPING=1");
  }

  private void heard(Envelope envelope) {
    if (own.contains(envelope.source().service())) {
      lookSoon();
    }
  }

  /** Whatever happens until then is one look. */
  private void lookSoon() {
    if (willLook.compareAndSet(false, true)) {
      vertx.setTimer(LOOK_MILLIS, due -> look());
    }
  }

  private void look() {
    willLook.set(false);
    if (readyUntold) {
      ready();
    }
    describe();
  }

  private void describe() {
    List<Future<ServiceState>> states = own.stream().map(this::state).toList();
    Future.all(states)
        .onSuccess(all -> say(StatusLine.of(states.stream().map(Future::result).toList())))
        .onFailure(later -> lookSoon());
  }

  private Future<ServiceState> state(Service service) {
    return vertx
        .eventBus()
        .<Snapshot>request(Bus.snapshotOf(service), "")
        .map(reply -> reply.body().state());
  }

  private void say(String text) {
    if (text.equals(said)) {
      return;
    }
    if (manager.tell("STATUS=" + text)) {
      said = text;
    } else {
      lookSoon();
    }
  }

  private void beat(long limitNanos) {
    long askedNanos = System.nanoTime();
    reach
        .get()
        .onSuccess(
            reached -> {
              if (System.nanoTime() - askedNanos < limitNanos) {
                manager.tell("WATCHDOG=1");
              }
            });
  }
}
