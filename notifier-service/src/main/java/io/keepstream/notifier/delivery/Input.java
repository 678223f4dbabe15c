package io.keepstream.notifier.delivery;

/** What moves a delivery. */
public sealed interface Input<M> {
  /** The sink is to be opened, or opened again; the queue stays. */
  record Opened<M>() implements Input<M> {}

  /** A message is to be sent. */
  record Offered<M>(M message) implements Input<M> {}

  /** The attempt ended; {@code chance} in [0,1) is drawn for the pause that may follow. */
  record Ended<M>(Outcome outcome, double chance) implements Input<M> {}

  /** The timer came, perhaps early. */
  record TimerExpired<M>() implements Input<M> {}
}
