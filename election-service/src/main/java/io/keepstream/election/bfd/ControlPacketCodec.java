package io.keepstream.election.bfd;

import static io.keepstream.election.bfd.RejectReason.AUTHENTICATION;
import static io.keepstream.election.bfd.RejectReason.LENGTH;
import static io.keepstream.election.bfd.RejectReason.MULTIPLIER;
import static io.keepstream.election.bfd.RejectReason.MULTIPOINT;
import static io.keepstream.election.bfd.RejectReason.MY_DISCRIMINATOR;
import static io.keepstream.election.bfd.RejectReason.POLL_AND_FINAL;
import static io.keepstream.election.bfd.RejectReason.VERSION;
import static io.keepstream.election.bfd.RejectReason.YOUR_DISCRIMINATOR;

import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdState;
import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Control packets to bytes and back:
 *
 * <pre>
 *   0  version (3 bits), diagnostic (5 bits)
 *   1  state (2 bits), P, F, C, A, D, M
 *   2  detection multiplier
 *   3  length
 *   4  my discriminator (4)
 *   8  your discriminator (4)
 *  12  desired minimum transmit interval (4)
 *  16  required minimum receive interval (4)
 *  20  required minimum echo receive interval (4)
 * </pre>
 */
public final class ControlPacketCodec {
  private static final int BFD_VERSION = 1;
  private static final int DIAGNOSTIC_MASK = 0x1F;
  private static final int POLL = 0x20;
  private static final int FINAL = 0x10;
  private static final int AUTHENTICATED = 0x04;
  private static final int DEMAND = 0x02;
  private static final int MULTIPOINT_BIT = 0x01;

  private ControlPacketCodec() {}

  /** Writes {@code packet} at the start of {@code out}, {@link Bfd#PACKET_BYTES} long. */
  public static void encode(ControlPacket packet, MemorySegment out) {
    int flags =
        (packet.poll() ? POLL : 0) | (packet.answer() ? FINAL : 0) | (packet.demand() ? DEMAND : 0);
    Bytes.putU8(out, 0, BFD_VERSION << 5 | packet.diagnostic().code());
    Bytes.putU8(out, 1, packet.state().code() << 6 | flags);
    Bytes.putU8(out, 2, packet.multiplier());
    Bytes.putU8(out, 3, Bfd.PACKET_BYTES);
    Bytes.putNetU32(out, 4, packet.myDiscriminator());
    Bytes.putNetU32(out, 8, packet.yourDiscriminator());
    Bytes.putNetU32(out, 12, packet.desiredMinTxMicros());
    Bytes.putNetU32(out, 16, packet.requiredMinRxMicros());
    Bytes.putNetU32(out, 20, 0);
  }

  /** Reads the payload of a datagram, in the order of checks of RFC 5880 section 6.8.6. */
  public static Decoded decode(MemorySegment message) {
    RejectReason reason = refuse(message);
    if (reason != null) {
      return new Decoded.Rejected(reason);
    }
    int flags = Bytes.u8(message, 1);
    return new Decoded.Accepted(
        new ControlPacket(
            state(message),
            BfdDiagnostic.ofCode(Bytes.u8(message, 0) & DIAGNOSTIC_MASK),
            (flags & POLL) != 0,
            (flags & FINAL) != 0,
            (flags & DEMAND) != 0,
            Bytes.u8(message, 2),
            Bytes.netU32(message, 4),
            Bytes.netU32(message, 8),
            Bytes.netU32(message, 12),
            Bytes.netU32(message, 16)));
  }

  private static RejectReason refuse(MemorySegment message) {
    if (message.byteSize() < Bfd.PACKET_BYTES) {
      return LENGTH;
    }
    if (Bytes.u8(message, 0) >>> 5 != BFD_VERSION) {
      return VERSION;
    }
    int length = Bytes.u8(message, 3);
    if (length < Bfd.PACKET_BYTES || length > message.byteSize()) {
      return LENGTH;
    }
    if (Bytes.u8(message, 2) == 0) {
      return MULTIPLIER;
    }
    int flags = Bytes.u8(message, 1);
    if ((flags & MULTIPOINT_BIT) != 0) {
      return MULTIPOINT;
    }
    if (Bytes.netU32(message, 4) == 0) {
      return MY_DISCRIMINATOR;
    }
    boolean knowsUs = state(message) == BfdState.INIT || state(message) == BfdState.UP;
    if (knowsUs && Bytes.netU32(message, 8) == 0) {
      return YOUR_DISCRIMINATOR;
    }
    if ((flags & AUTHENTICATED) != 0) {
      return AUTHENTICATION;
    }
    return (flags & POLL) != 0 && (flags & FINAL) != 0 ? POLL_AND_FINAL : null;
  }

  private static BfdState state(MemorySegment message) {
    return BfdState.ofCode(Bytes.u8(message, 1) >>> 6);
  }
}
