package io.keepstream.election.port;

import io.keepstream.election.bfd.ControlPacket;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * The world of one BFD session.
 *
 * @param packets where control packets go; failures are counted, not thrown
 * @param chance even throws from 0 to 1, for jitter
 * @param verdictChanged called after what VRRP thinks of the session has changed
 */
public record BfdPorts(
    Consumer<ControlPacket> packets,
    Alarm alarm,
    Publishing publishing,
    DoubleSupplier chance,
    Runnable verdictChanged) {}
