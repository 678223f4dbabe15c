package io.keepstream.runtime.link;

/** What bytes of a peer turned out to be. */
public sealed interface Decoded {
  /** A frame. */
  record Accepted(Frame frame) implements Decoded {}

  /**
   * Nothing that may be on a link.
   *
   * @param detail what is wrong, for people
   */
  record Malformed(String detail) implements Decoded {}
}
