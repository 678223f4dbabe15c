package io.keepstream.contract.event;

/**
 * Where the time of a takeover went.
 *
 * @param sinceLastAdvertMicros last good advertisement to decision; 0 when none was heard
 * @param latenessMicros due time of the decision to the decision
 * @param addressesMicros decision to all addresses set
 * @param announcedMicros decision to the first gratuitous ARP or NA sent
 */
public record TransitionTiming(
    long sinceLastAdvertMicros, long latenessMicros, long addressesMicros, long announcedMicros) {}
