package io.keepstream.notifier.delivery;

import io.keepstream.contract.event.DeliveryEvent;

/** What the shell has to do, in the order given. */
public sealed interface Effect<M> {
  /** Open the sink. */
  record Open<M>() implements Effect<M> {}

  /** Send one message. */
  record Send<M>(M message) implements Effect<M> {}

  /** Publish that the sink fails, or works again. */
  record Say<M>(DeliveryEvent event) implements Effect<M> {}
}
