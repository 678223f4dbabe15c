package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NoiseEvent;
import io.keepstream.notifier.noise.NoiseConfig;
import io.keepstream.notifier.noise.NoiseWatch;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs a {@link NoiseWatch}; to be used on one context only. */
final class NoiseShell {
  private final Vertx vertx;
  private final NoiseWatch watch;
  private final Consumer<Event> events;
  private long timer = -1;

  NoiseShell(Vertx vertx, NoiseConfig config, Consumer<Event> events) {
    this.vertx = vertx;
    this.events = events;
    watch = new NoiseWatch(config);
  }

  void change(NoiseConfig next) {
    watch.change(next, System.nanoTime());
    rearm();
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
    if (deadlineNanos < Long.MAX_VALUE) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()) + 1;
      timer =
          vertx.setTimer(
              Math.max(1, millis), now -> publish(watch.timerExpired(System.nanoTime())));
    }
  }
}
