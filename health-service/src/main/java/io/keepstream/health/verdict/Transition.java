package io.keepstream.health.verdict;

import java.util.List;

/**
 * What came of an event.
 *
 * @param state the new state, or the same
 * @param effects what to do, in this order
 */
public record Transition(State state, List<Effect> effects) {
  public Transition {
    effects = List.copyOf(effects);
  }

  static Transition to(State state, Effect... effects) {
    return new Transition(state, List.of(effects));
  }
}
