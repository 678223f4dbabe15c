package io.keepstream.runtime.link;

/** What happens to a connection. */
public sealed interface Event {
  /** A frame has come. */
  record Heard(Frame frame) implements Event {}

  /** What has come is no frame. */
  record Garbled(String detail) implements Event {}

  /**
   * It is time to look for a sign of life, or a peer's deadline is over.
   *
   * @param beatNanos when the peer was last awake, as far as its pulse tells
   */
  record Tick(long beatNanos) implements Event {}

  /** What this process exports has changed. */
  record Exported() implements Event {}

  /** The connection is over, or has to be. */
  record Lost(DropReason reason) implements Event {}
}
