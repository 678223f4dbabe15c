package io.keepstream.election.announce;

/**
 * How often addresses are announced.
 *
 * @param masterRepeat rounds at once on becoming MASTER ({@code garp_master_repeat})
 * @param masterDelayNanos until the second burst of as many rounds; 0 for none
 * @param refreshNanos period of refreshing while MASTER; 0 for none
 * @param refreshRepeat rounds per refresh
 * @param lowerPrioRepeat rounds at once when a lower priority MASTER was heard; 0 for none
 * @param lowerPrioDelayNanos until the second burst of as many rounds; 0 for none
 */
public record AnnounceConfig(
    int masterRepeat,
    long masterDelayNanos,
    long refreshNanos,
    int refreshRepeat,
    int lowerPrioRepeat,
    long lowerPrioDelayNanos) {}
