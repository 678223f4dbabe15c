package io.keepstream.election.bfd;

/** What can happen to a session. */
public sealed interface Event {

  /** A valid packet of this session arrived. */
  record PacketHeard(ControlPacket packet) implements Event {}

  /** The shell's timer fired; the socket has been read before. */
  record TimerExpired() implements Event {}

  /** The configuration given to the machine is not the one of before. */
  record ConfigChanged() implements Event {}

  /** Leave politely. */
  record Shutdown() implements Event {}
}
