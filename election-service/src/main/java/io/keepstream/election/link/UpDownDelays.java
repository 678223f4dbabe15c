package io.keepstream.election.link;

/**
 * How long an interface must stay as it is before that counts ({@code interface_up_down_delays}).
 *
 * @param downNanos after it went down
 * @param upNanos after it came up
 */
public record UpDownDelays(long downNanos, long upNanos) {}
