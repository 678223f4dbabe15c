package io.keepstream.election.bfd;

import java.util.List;

/**
 * What came of an event.
 *
 * @param session the new variables, or the same
 * @param packets what to send now, in this order
 */
public record Transition(Session session, List<ControlPacket> packets) {
  public Transition {
    packets = List.copyOf(packets);
  }
}
