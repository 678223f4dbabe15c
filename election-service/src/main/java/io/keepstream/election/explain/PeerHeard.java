package io.keepstream.election.explain;

import java.net.InetAddress;

/**
 * Another router of the same VRID, by its last valid advert.
 *
 * @param address its source address
 * @param priority as on the wire
 * @param intervalNanos the interval it announced
 * @param atNanos when it was heard
 */
public record PeerHeard(InetAddress address, int priority, long intervalNanos, long atNanos) {}
