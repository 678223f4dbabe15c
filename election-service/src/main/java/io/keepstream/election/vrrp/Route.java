package io.keepstream.election.vrrp;

import java.net.InetAddress;

/**
 * From where to where an advertisement goes; both are part of the pseudo header.
 *
 * @param source our primary address
 * @param destination the group, or a unicast peer
 */
public record Route(InetAddress source, InetAddress destination) {}
