package io.keepstream.notifier.port;

import io.keepstream.notifier.delivery.Outcome;
import java.util.function.Consumer;

/**
 * Somewhere messages go. At most one attempt is under way at a time, and each ends by exactly one
 * call, from any thread, however long that takes. No method blocks.
 */
public interface Sink<M> {
  /** Makes ready to send; repeated until it is {@link Outcome.Done}. */
  void open(Consumer<Outcome> done);

  /** Sends one message. */
  void send(M message, Consumer<Outcome> done);

  /** Has no time any more to wait for what may come: the end is near. */
  default void hurry() {}

  /**
   * Lets go of everything within about a second, even in the midst of an attempt, whose end no
   * longer matters.
   */
  void close(Runnable done);
}
