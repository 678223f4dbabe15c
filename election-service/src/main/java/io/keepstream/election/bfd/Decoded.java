package io.keepstream.election.bfd;

/** What decoding a packet gave. */
public sealed interface Decoded {

  /** A packet that is well formed; who sent it and for which session is another question. */
  record Accepted(ControlPacket packet) implements Decoded {}

  /** A packet to be counted and dropped. */
  record Rejected(RejectReason reason) implements Decoded {}
}
