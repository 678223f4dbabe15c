package io.keepstream.lvs.wire;

/** How long idle connections stay known, in seconds; 0 in a request leaves the value as it is. */
public record Timeouts(long tcpSeconds, long tcpFinSeconds, long udpSeconds) {}
