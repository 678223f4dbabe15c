package io.keepstream.election.bfd;

/**
 * When something happens, and a throw of the dice for it.
 *
 * @param nowNanos monotonic time
 * @param chance drawn evenly from 0 to 1, for jitter
 */
public record Moment(long nowNanos, double chance) {}
