package io.keepstream.notifier.delivery;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.notifier.delivery.Phase.Attempting;
import io.keepstream.notifier.delivery.Phase.BackingOff;
import io.keepstream.notifier.delivery.Phase.Idle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The rules of delivery to one sink. */
public final class Delivery {
  private Delivery() {}

  /** What follows from {@code input} in {@code state}. */
  public static <M> Transition<M> next(
      DeliveryConfig config, State<M> state, Input<M> input, long nowNanos) {
    Transition<M> moved =
        switch (input) {
          case Input.Opened<M> _ -> attempt(config, state.withOpen(false), 0, nowNanos);
          case Input.Offered<M>(M message) -> onOffered(config, state, message, nowNanos);
          case Input.Ended<M> ended -> onEnded(config, state, ended, nowNanos);
          case Input.TimerExpired<M> _ -> onTimer(config, state, nowNanos);
        };
    return sayingEdges(config, state.health(), moved, nowNanos);
  }

  private static <M> Transition<M> onOffered(
      DeliveryConfig config, State<M> state, M message, long nowNanos) {
    State<M> longer = state.plus(message);
    if (longer.queue().size() > config.queueLimit()) {
      boolean headIsBeingSent = state.open() && state.phase() instanceof Attempting;
      return quiet(longer.losing(headIsBeingSent ? 1 : 0, "the queue is full", nowNanos));
    }
    boolean idle = state.open() && state.phase() instanceof Idle;
    return idle ? attempt(config, longer, 0, nowNanos) : quiet(longer);
  }

  private static <M> Transition<M> onEnded(
      DeliveryConfig config, State<M> state, Input.Ended<M> ended, long nowNanos) {
    if (!(state.phase() instanceof Attempting(int failures, long _))) {
      return quiet(state);
    }
    return switch (ended.outcome()) {
      case Outcome.Done _ -> {
        State<M> done = state.open() ? state.deliveredHead() : state.withOpen(true);
        boolean caughtUp = done.queue().size() <= config.queueLimit() / 2;
        yield proceed(config, caughtUp ? done.working(nowNanos) : done, nowNanos);
      }
      case Outcome.GivenUp(String why) when state.open() ->
          proceed(config, state.losing(0, why, nowNanos), nowNanos);
      case Outcome.GivenUp(String why) ->
          quiet(state.failing(why, nowNanos).withPhase(pause(config, failures, ended, nowNanos)));
      case Outcome.Retry(String why) ->
          quiet(state.failing(why, nowNanos).withPhase(pause(config, failures, ended, nowNanos)));
    };
  }

  private static <M> Transition<M> onTimer(DeliveryConfig config, State<M> state, long nowNanos) {
    if (nowNanos < state.deadlineNanos()) {
      return quiet(state);
    }
    return switch (state.phase()) {
      case Idle _ -> quiet(state);
      case BackingOff(int failures, long _) -> attempt(config, state, failures, nowNanos);
      case Attempting(int failures, long _) -> {
        String why = "no success within %d ms".formatted(millis(config.slowNanos()));
        yield quiet(
            state.failing(why, nowNanos).withPhase(new Attempting(failures, Long.MAX_VALUE)));
      }
    };
  }

  private static <M> Transition<M> proceed(DeliveryConfig config, State<M> state, long nowNanos) {
    return state.queue().isEmpty()
        ? quiet(state.withPhase(new Idle()))
        : attempt(config, state, 0, nowNanos);
  }

  private static <M> Transition<M> attempt(
      DeliveryConfig config, State<M> state, int failures, long nowNanos) {
    Phase attempting = new Attempting(failures, after(nowNanos, config.slowNanos()));
    Effect<M> effect =
        state.open() ? new Effect.Send<>(state.queue().getFirst()) : new Effect.Open<>();
    return new Transition<>(state.withPhase(attempting), List.of(effect));
  }

  private static Phase pause(
      DeliveryConfig config, int failures, Input.Ended<?> ended, long nowNanos) {
    long pauseNanos = config.backoffNanos(failures + 1, ended.chance());
    return new BackingOff(failures + 1, after(nowNanos, pauseNanos));
  }

  private static <M> Transition<M> quiet(State<M> state) {
    return new Transition<>(state, List.of());
  }

  private static <M> Transition<M> sayingEdges(
      DeliveryConfig config, Health before, Transition<M> moved, long nowNanos) {
    Health after = moved.state().health();
    if (before.working() == after.working()) {
      return moved;
    }
    long failedMillis = millis(nowNanos - before.sinceNanos());
    DeliveryEvent edge =
        after.working()
            ? new DeliveryEvent.Recovered(config.sink(), failedMillis, before.dropped())
            : new DeliveryEvent.Failing(config.sink(), after.detail());
    List<Effect<M>> effects = new ArrayList<>(List.of(new Effect.Say<>(edge)));
    effects.addAll(moved.effects());
    return new Transition<>(moved.state(), effects);
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static long after(long nowNanos, long nanos) {
    return nanos > Long.MAX_VALUE - nowNanos ? Long.MAX_VALUE : nowNanos + nanos;
  }
}
