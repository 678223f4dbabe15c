package io.keepstream.lvs.ipvs;

/**
 * The connections a destination has at the moment.
 *
 * @param active established, or counted so by the protocol
 * @param inactive all others
 * @param persistent templates that keep clients with it
 */
public record Connections(long active, long inactive, long persistent) {}
