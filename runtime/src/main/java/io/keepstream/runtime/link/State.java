package io.keepstream.runtime.link;

import io.keepstream.runtime.link.Frame.Hello;

/**
 * Where one connection stands.
 *
 * @param tickNanos when this process was last awake, as far as its ticks tell
 * @param deadlineNanos when the peer has been silent for too long
 */
public record State(Phase phase, long tickNanos, long deadlineNanos) {

  /** How far the two have come. */
  public sealed interface Phase {
    /** The peer's HELLO has not come yet. */
    record Greeting() implements Phase {}

    /** It has said HELLO; that it hears us will be known when it says anything else. */
    record Greeted(Hello peer) implements Phase {}

    /** It is there and hears us. */
    record Linked(Hello peer) implements Phase {}

    /** It is gone. */
    record Dropped() implements Phase {}
  }
}
