package io.keepstream.election.bfd;

import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdState;

/**
 * A control packet (RFC 5880 section 4.1). The bit for an independent control plane is not kept.
 *
 * @param poll asks for a packet with {@code answer}, to confirm changed intervals
 * @param answer the Final bit: answers a poll
 * @param demand the sender wants no periodic packets while both ends are up
 * @param multiplier how many packets in a row may be missed, 1-255
 * @param myDiscriminator the sender's name of the session, never 0
 * @param yourDiscriminator the receiver's name of it, 0 while the sender does not know it
 * @param desiredMinTxMicros the shortest interval at which the sender wants to send
 * @param requiredMinRxMicros the shortest interval it can receive at; 0 to be left in peace
 */
public record ControlPacket(
    BfdState state,
    BfdDiagnostic diagnostic,
    boolean poll,
    boolean answer,
    boolean demand,
    int multiplier,
    long myDiscriminator,
    long yourDiscriminator,
    long desiredMinTxMicros,
    long requiredMinRxMicros) {}
