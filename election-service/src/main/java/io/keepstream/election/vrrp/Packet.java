package io.keepstream.election.vrrp;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/**
 * A received packet.
 *
 * @param message exactly the VRRP message with what is behind it, as long as the IP header says
 * @param source the sender's address
 * @param destination the address it was sent to
 * @param hopLimit TTL or hop limit on arrival
 * @param covered the packet from its IPv4 header on, when an authentication header covers it; else
 *     null
 * @param ageNanos how long ago it arrived; 0 if that is not known
 */
public record Packet(
    MemorySegment message,
    InetAddress source,
    InetAddress destination,
    int hopLimit,
    MemorySegment covered,
    long ageNanos) {
  /** A packet without an authentication header that arrives now. */
  public Packet(MemorySegment message, InetAddress source, InetAddress destination, int hopLimit) {
    this(message, source, destination, hopLimit, null, 0);
  }

  /** The same without what is behind the first {@code length} bytes of the message. */
  Packet cutTo(long length) {
    return length == message.byteSize()
        ? this
        : new Packet(message.asSlice(0, length), source, destination, hopLimit, covered, ageNanos);
  }
}
