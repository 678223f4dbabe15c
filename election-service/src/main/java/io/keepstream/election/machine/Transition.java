package io.keepstream.election.machine;

import io.keepstream.contract.event.TransitionCause;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of an event.
 *
 * @param state the new state, or the same
 * @param effects what to do, in this order
 * @param cause why the state's name changed; null when it did not
 */
public record Transition(State state, List<Effect> effects, TransitionCause cause) {
  public Transition {
    effects = List.copyOf(effects);
  }

  static Transition stay(State state, Effect... effects) {
    return new Transition(state, List.of(effects), null);
  }

  static Transition to(State state, TransitionCause cause, Effect... effects) {
    return new Transition(state, List.of(effects), cause);
  }

  /** This transition after {@code earlier} effects, for a reason found before. */
  Transition after(Transition earlier) {
    List<Effect> all = new ArrayList<>(earlier.effects());
    all.addAll(effects);
    return new Transition(state, all, cause == null ? earlier.cause() : cause);
  }
}
