package io.keepstream.node.http;

import io.keepstream.contract.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Measures every 2.5 s how long the loop of each service lets work wait. */
final class LoopWatch {
  private static final long EVERY_MILLIS = 2_500;

  /** Longer than any pause that is not a fault. */
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Vertx vertx;
  private final List<Watched> watched;
  private volatile boolean closed;

  /** Watches {@code loops}, each of which completes when the loop has come to it. */
  LoopWatch(Vertx vertx, MeterRegistry meters, Map<Service, Supplier<Future<?>>> loops) {
    this.vertx = vertx;
    this.watched =
        loops.entrySet().stream()
            .map(each -> new Watched(each.getKey(), each.getValue(), meters))
            .toList();
    watched.forEach(Watched::ask);
  }

  /** The services whose loops have not moved for longer than they may. */
  List<Service> stuck() {
    return watched.stream().filter(Watched::isStuck).map(each -> each.service).toList();
  }

  void close() {
    closed = true;
  }

  private final class Watched {
    private final Service service;
    private final Supplier<Future<?>> loop;
    private final Timer lag;
    private volatile long askedNanos = Long.MAX_VALUE;

    Watched(Service service, Supplier<Future<?>> loop, MeterRegistry meters) {
      this.service = service;
      this.loop = loop;
      this.lag =
          Timer.builder("keepstream.event.loop.lag")
              .description("How long work waits for the loop of the service")
              .tag("service", service.label())
              .register(meters);
    }

    void ask() {
      long nowNanos = System.nanoTime();
      askedNanos = nowNanos;
      loop.get().onComplete(reached -> answered(nowNanos));
    }

    private void answered(long sentNanos) {
      lag.record(System.nanoTime() - sentNanos, TimeUnit.NANOSECONDS);
      askedNanos = Long.MAX_VALUE;
      if (!closed) {
        vertx.setTimer(EVERY_MILLIS, timer -> ask());
      }
    }

    boolean isStuck() {
      long asked = askedNanos;
      return asked != Long.MAX_VALUE && System.nanoTime() - asked > STUCK_NANOS;
    }
  }
}
