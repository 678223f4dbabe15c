package io.keepstream.election.vrrp;

import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.IpAddresses;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * The IP authentication header of version 2 (RFC 2338 section 5.3.6.3, RFC 2402), as keepalived has
 * it. It stands between the IPv4 header and the message:
 *
 * <pre>
 *   0  next header: 112
 *   1  length of this header in words, less 2: 4
 *   2  zeros (2)
 *   4  security parameters index: the source address (4)
 *   8  sequence number (4)
 *  12  integrity check value (12): of HMAC-MD5 the first 12 bytes
 * </pre>
 *
 * <p>Covered are the IP header without what routers change, this header without its check value,
 * and the message. The TTL is covered in multicast packets, other than RFC 2402 has it. One counter
 * serves sending and receiving, so that the next MASTER goes on where the last one ended.
 */
final class AuthenticationHeader implements Protection {
  static final int LENGTH_WORDS = 4;

  private static final int HEADER_BYTES = Vrrp.AUTHENTICATION_HEADER_BYTES;
  private static final int SPI_AT = 4;
  private static final int SEQUENCE_AT = 8;
  private static final int CHECK_VALUE_AT = 12;
  private static final int CHECK_VALUE_BYTES = 12;
  private static final int TOTAL_LENGTH_AT = 2;
  private static final int IDENTIFICATION_AT = 4;
  private static final int TTL_AT = 8;
  private static final int SOURCE_AT = 12;
  private static final long LAST_SEQUENCE = 0xFFFF_FFFFL;
  private static final int LAST_IDENTIFICATION = 0xFFFF;

  /** Offsets in the IP header of what routers may change: TOS, flags and offset, checksum. */
  private static final int[] CHANGEABLE = {1, 6, 7, 10, 11};

  private final Authentication.Header key;
  private final Digest digest;
  private final byte[] covered = new byte[Vrrp.MAX_PACKET_BYTES];
  private long sequence;
  private int identification;

  AuthenticationHeader(Authentication.Header key) {
    this.key = key;
    digest = new Digest("HmacMD5", ByteBuffer.allocate(Long.BYTES).putLong(key.key()).array());
  }

  @Override
  public boolean serves(Authentication authentication, Signing signing) {
    return signing == null && key.equals(authentication);
  }

  @Override
  public int protocol() {
    return Vrrp.AUTHENTICATION_HEADER;
  }

  @Override
  public int headerBytes() {
    return HEADER_BYTES;
  }

  @Override
  public RejectReason refuseHeader(Packet packet) {
    MemorySegment whole = packet.covered();
    int at = Ipv4.headerBytes(whole);
    if (whole.byteSize() < at + HEADER_BYTES) {
      return RejectReason.PACKET_LENGTH;
    }
    compute(whole, at, (int) whole.byteSize(), packet.destination().isMulticastAddress());
    long heard = Bytes.netU32(whole, at + SEQUENCE_AT);
    if (!digest.stands(whole, at + CHECK_VALUE_AT, CHECK_VALUE_BYTES)
        || Bytes.netU32(whole, at + SPI_AT) != Bytes.netU32(whole, SOURCE_AT)
        || heard <= sequence) {
      return RejectReason.AUTH_FAILURE;
    }
    sequence = heard;
    return null;
  }

  @Override
  public void nextAdvert() {
    sequence = sequence == LAST_SEQUENCE ? 1 : sequence + 1;
    identification = identification == LAST_IDENTIFICATION ? 1 : identification + 1;
  }

  /** Also fills in what the kernel would choose, since it is covered. */
  @Override
  public int seal(Route route, MemorySegment packet, int messageAt, int length) {
    int at = messageAt - HEADER_BYTES;
    Bytes.putNetU16(packet, TOTAL_LENGTH_AT, length);
    Bytes.putNetU16(packet, IDENTIFICATION_AT, identification);
    Bytes.putU8(packet, at, Vrrp.PROTOCOL);
    Bytes.putU8(packet, at + 1, LENGTH_WORDS);
    Bytes.putNetU16(packet, at + 2, 0);
    IpAddresses.write(route.source(), packet, at + SPI_AT);
    Bytes.putNetU32(packet, at + SEQUENCE_AT, sequence);
    compute(packet, at, length, route.destination().isMulticastAddress());
    digest.write(packet, at + CHECK_VALUE_AT, CHECK_VALUE_BYTES);
    return length;
  }

  private void compute(MemorySegment packet, int headerAt, int length, boolean multicast) {
    MemorySegment.copy(packet, ValueLayout.JAVA_BYTE, 0, covered, 0, length);
    for (int changeable : CHANGEABLE) {
      covered[changeable] = 0;
    }
    if (!multicast) {
      covered[TTL_AT] = 0;
    }
    for (int i = 0; i < CHECK_VALUE_BYTES; i++) {
      covered[headerAt + CHECK_VALUE_AT + i] = 0;
    }
    digest.compute(covered, length);
  }
}
