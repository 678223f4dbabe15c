package io.keepstream.notifier.delivery;

import java.util.List;

/** The state that follows, and what is to be done in order. */
public record Transition<M>(State<M> state, List<Effect<M>> effects) {
  public Transition {
    effects = List.copyOf(effects);
  }
}
