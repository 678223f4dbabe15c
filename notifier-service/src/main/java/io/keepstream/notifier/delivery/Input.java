package io.keepstream.notifier.delivery;

import java.util.List;

/** What moves a delivery. */
public sealed interface Input<M> {
  /**
   * The sink is to be opened, or opened again; nothing is under way any more, and {@code config} is
   * in force from now on.
   */
  record Opened<M>(DeliveryConfig config) implements Input<M> {}

  /** The attempt to open the sink ended. */
  record OpeningEnded<M>(Outcome outcome, double chance) implements Input<M> {}

  /**
   * What the journal has from {@link Delivery#next} on.
   *
   * @param messages those the sink wants
   * @param upTo the number behind the last one that was looked at
   * @param lost how many of these the journal does not have any more
   */
  record Fed<M>(List<Message<M>> messages, long upTo, long lost) implements Input<M> {}

  /** The attempt ended; {@code chance} in [0,1) is drawn for the pause that may follow. */
  record Ended<M>(long number, Outcome outcome, double chance) implements Input<M> {}

  /** All from {@code position} on is to be sent again. */
  record Rewound<M>(long position) implements Input<M> {}

  /** Dead letters are to be sent again. */
  record Retried<M>(List<Message<M>> messages) implements Input<M> {}

  /** The timer came, perhaps early. */
  record TimerExpired<M>() implements Input<M> {}
}
