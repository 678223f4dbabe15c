package io.keepstream.election.bfd;

/**
 * What the machine must know of a {@code bfd_instance}; set at start and by a reload.
 *
 * @param minTxMicros how fast we want to send while up
 * @param minRxMicros how fast the neighbour may send
 * @param idleTxMicros how fast we send while not up, at least {@link Bfd#SLOW_MICROS}
 * @param multiplier how many of our packets the neighbour may miss, 1-255
 * @param passive whether to wait for the neighbour's first packet
 */
public record SessionConfig(
    long minTxMicros, long minRxMicros, long idleTxMicros, int multiplier, boolean passive) {}
