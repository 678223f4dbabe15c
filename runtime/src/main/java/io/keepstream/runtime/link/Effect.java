package io.keepstream.runtime.link;

/** What is to be done to a connection. */
public sealed interface Effect {
  /** Write a frame. */
  record Send(Frame frame) implements Effect {}

  /** The peer is there, or exports something else than before. */
  record Join(Frame.Hello peer) implements Effect {}

  /** Do what the peer asks for or tells. */
  record Deliver(Frame.Message message) implements Effect {}

  /**
   * Close, and fail all that waits for the peer.
   *
   * @param detail more than the reason says, for people; may be empty
   */
  record Drop(DropReason reason, String detail) implements Effect {}
}
