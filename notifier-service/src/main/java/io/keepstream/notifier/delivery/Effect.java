package io.keepstream.notifier.delivery;

import io.keepstream.contract.event.DeliveryEvent;

/** What the shell has to do, in the order given. */
public sealed interface Effect<M> {
  /** Open the sink. */
  record Open<M>() implements Effect<M> {}

  /** Send one message. */
  record Send<M>(Message<M> message) implements Effect<M> {}

  /** Keep the message among the dead letters. */
  record Bury<M>(Message<M> message, String why) implements Effect<M> {}

  /** A dead letter was taken after all. */
  record Unbury<M>(Message<M> message) implements Effect<M> {}

  /** Publish what happened to the sink. */
  record Say<M>(DeliveryEvent event) implements Effect<M> {}
}
