package io.keepstream.election.vrrp;

import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.IpAddresses;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The signature that keepalived 2.4 adds behind a message of either version and family:
 *
 * <pre>
 *   0  type: 1
 *   1  key id
 *   2  zeros (2)
 *   4  serial (8): UTC seconds (4), fraction in 1/65536 s (2), counter (2)
 *  12  signature (16): of HMAC-SHA256 the first 16 bytes
 * </pre>
 *
 * <p>Signed are a pseudo header (4 or 6, version, VRID, zero, source address in 16 bytes), the
 * message with a checksum of zero, the first 12 bytes of this trailer, and 16 zeros. Serials only
 * grow: a sender whose clock goes back counts on from its last one, and a receiver believes no
 * serial twice. The checksum of the message leaves the trailer out.
 */
final class SignedTrailer implements Protection {
  static final int TRAILER_BYTES = 28;

  /** Senders whose serials are remembered; a virtual router has far fewer. */
  static final int SENDERS = 64;

  private static final int TYPE = 1;
  private static final int SERIAL_AT = 4;
  private static final int SIGNATURE_AT = 12;
  private static final int SIGNATURE_BYTES = 16;
  private static final int PSEUDO_HEADER_BYTES = 20;
  private static final int PSEUDO_ADDRESS_AT = 4;
  private static final int CHECKSUM_AT = 6;
  private static final int FRACTION_BITS = 16;
  private static final int COUNTER_BITS = 16;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Signing signing;
  private final InstantSource clock;
  private final Map<Integer, Digest> digests = new HashMap<>();
  private final SequencedMap<InetAddress, Long> serials;
  private final byte[] signed =
      new byte[PSEUDO_HEADER_BYTES + Vrrp.MAX_PACKET_BYTES + TRAILER_BYTES];
  private final MemorySegment signedBytes = MemorySegment.ofArray(signed);
  private long serial;

  SignedTrailer(Signing signing, InstantSource clock) {
    this(signing, clock, new LinkedHashMap<>(SENDERS, 1, true), 0);
  }

  private SignedTrailer(
      Signing signing, InstantSource clock, SequencedMap<InetAddress, Long> serials, long serial) {
    this.signing = signing;
    this.clock = clock;
    this.serials = serials;
    this.serial = serial;
    signing.keys().forEach(key -> digests.put(key.id(), new Digest("HmacSHA256", key.secret())));
  }

  /** The same sender and receiver with other keys: what has been heard is not believed again. */
  SignedTrailer with(Signing next) {
    return new SignedTrailer(next, clock, serials, serial);
  }

  @Override
  public boolean serves(Authentication authentication, Signing other) {
    return signing.equals(other);
  }

  @Override
  public int trailerBytes() {
    return TRAILER_BYTES;
  }

  @Override
  public RejectReason refuseTrailer(Packet packet, MemorySegment trailer) {
    if (trailer.byteSize() == 0) {
      return signing.mode() == Signing.Mode.ENFORCE ? RejectReason.AUTH_EXT_MISSING : null;
    }
    if (Bytes.u8(trailer, 0) != TYPE || Bytes.netU16(trailer, 2) != 0) {
      return RejectReason.AUTH_EXT_MALFORMED;
    }
    Digest digest = digests.get(Bytes.u8(trailer, 1));
    if (digest == null) {
      return RejectReason.AUTH_EXT_UNKNOWN_KEY;
    }
    MemorySegment.copy(trailer, 0, signedBytes, trailerAt(packet.message()), SIGNATURE_AT);
    sign(digest, packet.source(), packet.message());
    return digest.stands(trailer, SIGNATURE_AT, SIGNATURE_BYTES)
        ? refuseSerial(packet.source(), trailer.get(Bytes.NET_LONG, SERIAL_AT))
        : RejectReason.AUTH_EXT_INVALID_HMAC;
  }

  private RejectReason refuseSerial(InetAddress sender, long heard) {
    long seconds = heard >>> Integer.SIZE;
    if (signing.windowSeconds() > 0
        && Math.abs(seconds - clock.instant().getEpochSecond()) > signing.windowSeconds()) {
      return RejectReason.AUTH_EXT_STALE;
    }
    Long last = serials.get(sender);
    if (last != null && Long.compareUnsigned(heard, last) <= 0) {
      return RejectReason.AUTH_EXT_REPLAY;
    }
    serials.put(sender, heard);
    if (serials.size() > SENDERS) {
      serials.pollFirstEntry();
    }
    return null;
  }

  @Override
  public void nextAdvert() {
    Instant now = clock.instant();
    long fraction = ((long) now.getNano() << FRACTION_BITS) / NANOS_PER_SECOND;
    long time = now.getEpochSecond() << Integer.SIZE | fraction << COUNTER_BITS;
    serial = Long.compareUnsigned(time, serial) > 0 ? time : serial + 1;
  }

  @Override
  public int seal(Route route, MemorySegment packet, int messageAt, int length) {
    if (signing.mode() == Signing.Mode.RECEIVE_ONLY) {
      return length;
    }
    MemorySegment message = packet.asSlice(messageAt, length - messageAt);
    MemorySegment trailer = packet.asSlice(length, TRAILER_BYTES);
    Bytes.putU8(trailer, 0, TYPE);
    Bytes.putU8(trailer, 1, signing.activeKey());
    Bytes.putNetU16(trailer, 2, 0);
    trailer.set(Bytes.NET_LONG, SERIAL_AT, serial);
    MemorySegment.copy(trailer, 0, signedBytes, trailerAt(message), SIGNATURE_AT);
    Digest digest = digests.get(signing.activeKey());
    sign(digest, route.source(), message);
    digest.write(trailer, SIGNATURE_AT, SIGNATURE_BYTES);
    return length + TRAILER_BYTES;
  }

  private static long trailerAt(MemorySegment message) {
    return PSEUDO_HEADER_BYTES + message.byteSize();
  }

  /** Signs {@code message} and the trailer's beginning, which stands behind its place already. */
  private void sign(Digest digest, InetAddress source, MemorySegment message) {
    int length = (int) message.byteSize();
    Arrays.fill(signed, 0, PSEUDO_HEADER_BYTES, (byte) 0);
    signed[0] = (byte) (source instanceof Inet4Address ? 4 : 6);
    signed[1] = (byte) (Bytes.u8(message, 0) >>> 4);
    signed[2] = (byte) Bytes.u8(message, 1);
    IpAddresses.write(source, signedBytes, PSEUDO_ADDRESS_AT);
    MemorySegment.copy(message, 0, signedBytes, PSEUDO_HEADER_BYTES, length);
    Bytes.putNetU16(signedBytes, PSEUDO_HEADER_BYTES + CHECKSUM_AT, 0);
    int signatureAt = PSEUDO_HEADER_BYTES + length + SIGNATURE_AT;
    int end = PSEUDO_HEADER_BYTES + length + TRAILER_BYTES;
    Arrays.fill(signed, signatureAt, end, (byte) 0);
    digest.compute(signed, end);
  }
}
