package io.keepstream.notifier.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Records as bytes. */
public final class Records {
  /** What a segment begins with. */
  static final byte[] MAGIC = "KSJRNL01".getBytes(StandardCharsets.US_ASCII);

  /** The bytes of a record besides its payload. */
  public static final int FRAME_BYTES = 2 * Integer.BYTES;

  /** More is no record: as much as may cross the link between processes. */
  public static final int MOST_PAYLOAD_BYTES = 16 << 20;

  /** The number under which the header of a segment is checked. */
  static final long HEADER_NUMBER = -1;

  private Records() {}

  /** What stands at a place. */
  public sealed interface Parsed {
    /** A record that passed its check. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Valid(byte[] payload) implements Parsed {
      /** How far it is to the next one. */
      public int bytes() {
        return FRAME_BYTES + payload.length;
      }
    }

    /** The bytes end before the record does; {@code bytes} would be enough to tell. */
    record Incomplete(int bytes) implements Parsed {}

    /** No record, or one that has changed; the next may be {@code bytes} away, 0 if unknown. */
    record Damaged(int bytes) implements Parsed {}
  }

  /** The record of {@code number}. */
  public static ByteBuffer encode(long number, byte[] payload) {
    return ByteBuffer.allocate(FRAME_BYTES + payload.length)
        .putInt(payload.length)
        .putInt(check(number, payload))
        .put(payload)
        .flip();
  }

  /** A segment that holds no event yet. */
  public static ByteBuffer beginning(SegmentHeader header) {
    ByteBuffer record = encode(HEADER_NUMBER, header.json());
    return ByteBuffer.allocate(MAGIC.length + record.remaining()).put(MAGIC).put(record).flip();
  }

  /** What stands at the position of {@code bytes}, which stays, if it is record {@code number}. */
  public static Parsed parse(ByteBuffer bytes, long number) {
    if (bytes.remaining() < FRAME_BYTES) {
      return new Parsed.Incomplete(FRAME_BYTES);
    }
    int length = bytes.getInt(bytes.position());
    if (length <= 0 || length > MOST_PAYLOAD_BYTES) {
      return new Parsed.Damaged(0);
    }
    int whole = FRAME_BYTES + length;
    if (bytes.remaining() < whole) {
      return new Parsed.Incomplete(whole);
    }
    byte[] payload = new byte[length];
    bytes.get(bytes.position() + FRAME_BYTES, payload);
    boolean same = bytes.getInt(bytes.position() + Integer.BYTES) == check(number, payload);
    return same ? new Parsed.Valid(payload) : new Parsed.Damaged(whole);
  }

  private static int check(long number, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
            .putLong(number)
            .putInt(payload.length)
            .flip());
    crc.update(payload);
    return (int) crc.getValue();
  }
}
