package io.keepstream.notifier.edge;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.notifier.delivery.Delivery;
import io.keepstream.notifier.delivery.DeliveryConfig;
import io.keepstream.notifier.delivery.Effect;
import io.keepstream.notifier.delivery.Health;
import io.keepstream.notifier.delivery.Input;
import io.keepstream.notifier.delivery.Outcome;
import io.keepstream.notifier.delivery.Phase;
import io.keepstream.notifier.delivery.State;
import io.keepstream.notifier.delivery.Transition;
import io.keepstream.notifier.port.Sink;
import io.keepstream.runtime.EventPublisher;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs one {@link Delivery} against its sink; to be used on one context only. */
final class DeliveryShell<M> {
  private final Context context;
  private final EventPublisher events;
  private final DeliveryConfig config;
  private Sink<M> sink;
  private Future<Void> previousClosed = Future.succeededFuture();
  private State<M> state = State.fresh(System.nanoTime());
  private long timer = -1;
  private long attempts;
  private Promise<Void> drained;
  private boolean closed;

  DeliveryShell(Context context, EventPublisher events, DeliveryConfig config, Sink<M> sink) {
    this.context = context;
    this.events = events;
    this.config = config;
    this.sink = sink;
  }

  /** Opens the sink when {@code predecessor}, which had the same target, has let go of it. */
  void open(Future<Void> predecessor) {
    previousClosed = predecessor;
    closed = false;
    on(new Input.Opened<>());
  }

  /** Queues a message for the sink. */
  void offer(M message) {
    on(new Input.Offered<>(message));
  }

  /** Goes on with another sink, which gets what is still queued. */
  void reopen(Sink<M> next) {
    Future<Void> previous = close();
    sink = next;
    open(previous);
  }

  /** Completes when nothing is queued, or hope is gone, or time is over. */
  Future<Void> drain(long limitMillis) {
    drained = Promise.promise();
    context.owner().setTimer(limitMillis, over -> drained.tryComplete());
    noteDrained();
    return drained.future();
  }

  /** Lets go of the sink; whatever was under way or planned is not heard of again. */
  Future<Void> close() {
    attempts++;
    closed = true;
    context.owner().cancelTimer(timer);
    Promise<Void> gone = Promise.promise();
    sink.close(() -> context.runOnContext(now -> gone.complete()));
    return Future.join(gone.future(), previousClosed).mapEmpty();
  }

  /** Whether nothing is under way, planned or wrong. */
  boolean idle() {
    return state.phase() instanceof Phase.Idle
        && state.queue().isEmpty()
        && state.health().working();
  }

  /** The sink's part of the snapshot. */
  ServiceState.Sink snapshot() {
    Health health = state.health();
    return new ServiceState.Sink(
        config.sink(),
        health.working(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - health.sinceNanos()),
        state.delivered(),
        state.queue().size(),
        health.working() ? null : health.detail());
  }

  private void on(Input<M> input) {
    Transition<M> transition = Delivery.next(config, state, input, System.nanoTime());
    state = transition.state();
    transition.effects().forEach(this::perform);
    rearm();
    noteDrained();
  }

  private void perform(Effect<M> effect) {
    switch (effect) {
      case Effect.Open<M> _ -> attempt(done -> openLater(sink, done));
      case Effect.Send<M>(M message) -> attempt(done -> sink.send(message, done));
      case Effect.Say<M>(var event) -> events.publish(event);
    }
  }

  private void openLater(Sink<M> mine, Consumer<Outcome> done) {
    previousClosed.onSuccess(
        gone -> {
          if (mine.equals(sink) && !closed) {
            mine.open(done);
          }
        });
  }

  private void attempt(Consumer<Consumer<Outcome>> action) {
    long mine = ++attempts;
    double chance = ThreadLocalRandom.current().nextDouble();
    Consumer<Outcome> done =
        outcome -> context.runOnContext(now -> onOutcome(mine, new Input.Ended<>(outcome, chance)));
    try {
      action.accept(done);
    } catch (RuntimeException e) {
      done.accept(new Outcome.GivenUp(e.toString()));
    }
  }

  /** An outcome that belongs to a sink closed since is not listened to. */
  private void onOutcome(long attempt, Input<M> ended) {
    if (attempt == attempts) {
      on(ended);
    }
  }

  private void rearm() {
    context.owner().cancelTimer(timer);
    long deadlineNanos = state.deadlineNanos();
    if (deadlineNanos < Long.MAX_VALUE) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()) + 1;
      timer = context.owner().setTimer(Math.max(1, millis), now -> on(new Input.TimerExpired<>()));
    }
  }

  private void noteDrained() {
    boolean hopeless =
        switch (state.phase()) {
          case Phase.Idle _ -> false;
          case Phase.Attempting attempting -> attempting.failures() > 0;
          case Phase.BackingOff _ -> true;
        };
    if (drained != null && (hopeless || state.queue().isEmpty())) {
      drained.tryComplete();
    }
  }
}
