package io.keepstream.notifier.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Recall;
import io.keepstream.contract.Recall.Recalled;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.JournalEvent;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.notifier.intake.Intake;
import io.keepstream.notifier.intake.Intake.Effect;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hears what is on the bus, and recalls what it has missed. To be used on one context only. */
final class EventIntake {
  private final Vertx vertx;
  private final Intake intake;
  private final Consumer<Envelope> accepted;
  private final Consumer<Event> events;
  private long timer = -1;

  /**
   * An intake.
   *
   * @param accepted gets every event, those of a source in order and each once
   * @param events published where something is missing for good
   */
  EventIntake(Vertx vertx, Intake intake, Consumer<Envelope> accepted, Consumer<Event> events) {
    this.vertx = vertx;
    this.intake = intake;
    this.accepted = accepted;
    this.events = events;
  }

  /** Completes when nothing that is published from now on is missed. */
  Future<?> listen() {
    vertx.eventBus().<Snapshot>consumer(Bus.SNAPSHOTS, said -> on(said.body()));
    return vertx.eventBus().<Envelope>consumer(Bus.EVENTS, said -> on(said.body())).completion();
  }

  private void on(Envelope envelope) {
    perform(intake.heard(envelope, System.nanoTime()));
  }

  private void on(Snapshot snapshot) {
    perform(intake.told(snapshot.source(), snapshot.lastSequence(), System.nanoTime()));
  }

  private void perform(List<Effect> effects) {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Accept(Envelope envelope) -> accepted.accept(envelope);
        case Effect.Ask(Source source, long from, long to) -> ask(source, new Recall(from, to));
        case Effect.Missing(Source source, long from, long to) ->
            events.accept(new JournalEvent.EventsMissing(source, from, to));
      }
    }
    rearm();
  }

  private void ask(Source source, Recall recall) {
    vertx
        .eventBus()
        .<Recalled>request(Bus.recallFrom(source), recall)
        .onSuccess(
            reply -> perform(intake.answered(source, reply.body().events(), System.nanoTime())));
  }

  private void rearm() {
    long deadlineNanos = intake.deadlineNanos();
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
    if (deadlineNanos < Long.MAX_VALUE) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()) + 1;
      timer =
          vertx.setTimer(
              Math.max(1, millis), now -> perform(intake.timerExpired(System.nanoTime())));
    }
  }
}
