package io.keepstream.election.explain;

import io.keepstream.election.vrrp.RejectReason;

/**
 * The last packet for a virtual router that was not believed.
 *
 * @param reason why
 * @param sender its source address
 * @param packets how many were refused for this reason so far, whoever sent them
 * @param atNanos when
 */
public record Refusal(RejectReason reason, String sender, long packets, long atNanos) {}
