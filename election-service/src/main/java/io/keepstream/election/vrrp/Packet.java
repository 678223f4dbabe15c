package io.keepstream.election.vrrp;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/**
 * A received packet after its IP header.
 *
 * @param message exactly the VRRP message, as long as the IP header says
 * @param source the sender's address
 * @param destination the address it was sent to
 * @param hopLimit TTL or hop limit on arrival
 */
public record Packet(
    MemorySegment message, InetAddress source, InetAddress destination, int hopLimit) {}
