package io.keepstream.notifier.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NoiseEvent;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.notifier.noise.NoiseConfig;
import io.keepstream.notifier.noise.NoiseWatch;
import io.keepstream.notifier.state.Standings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs a {@link NoiseWatch}; to be used on one context only. */
final class NoiseShell {
  /** Whose snapshot lists all subjects of a kind. */
  private static final Map<Service, List<String>> KINDS =
      Map.of(
          Service.ELECTION, List.of("vrrp/", "bfd/"),
          Service.HEALTH, List.of("backend/", "tracker/"),
          Service.NOTIFIER, List.of("delivery/"));

  private static final long ANSWER_MILLIS = 1_000;

  private final Vertx vertx;
  private final NoiseWatch watch;
  private final Consumer<Event> events;
  private long timer = -1;
  private boolean asking;

  NoiseShell(Vertx vertx, NoiseConfig config, Consumer<Event> events) {
    this.vertx = vertx;
    this.events = events;
    watch = new NoiseWatch(config);
  }

  void change(NoiseConfig next) {
    publish(watch.change(next, System.nanoTime()));
  }

  void heard(Envelope envelope) {
    publish(watch.heard(envelope, System.nanoTime()));
  }

  private void publish(List<NoiseEvent> said) {
    said.forEach(events);
    rearm();
  }

  private void rearm() {
    vertx.cancelTimer(timer);
    long deadlineNanos = watch.deadlineNanos();
    if (deadlineNanos < Long.MAX_VALUE && !asking) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()) + 1;
      timer = vertx.setTimer(Math.max(1, millis), now -> onTimer());
    }
  }

  /** What a reload has removed is not told of again, and nobody else says that it is over. */
  private void onTimer() {
    asking = true;
    Future.join(KINDS.keySet().stream().map(this::forgetGone).toList())
        .onComplete(
            asked -> {
              asking = false;
              publish(watch.timerExpired(System.nanoTime()));
            });
  }

  private Future<?> forgetGone(Service service) {
    return vertx
        .eventBus()
        .<Snapshot>request(Bus.snapshotOf(service), Service.NOTIFIER.label())
        .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
        .onSuccess(
            answer -> {
              Set<String> there = Standings.of(answer.body()).keySet();
              watch.forget(
                  subject ->
                      KINDS.get(service).stream().anyMatch(subject::startsWith)
                          && !there.contains(subject));
            });
  }
}
