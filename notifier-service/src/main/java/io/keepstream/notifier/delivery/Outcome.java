package io.keepstream.notifier.delivery;

/** How an attempt ended. */
public sealed interface Outcome {
  /** The sink has it. */
  record Done() implements Outcome {}

  /** Not this time; the same again later. */
  record Retry(String detail) implements Outcome {}

  /** This message will never be taken; the next one may. */
  record GivenUp(String detail) implements Outcome {}

  /** The only {@link Done}. */
  Outcome DONE = new Done();
}
