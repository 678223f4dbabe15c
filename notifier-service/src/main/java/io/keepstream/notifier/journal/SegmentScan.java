package io.keepstream.notifier.journal;

import io.keepstream.notifier.journal.Records.Parsed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Goes through one segment, whose bytes come in pieces. It never fails: what makes no sense is
 * damage.
 */
public final class SegmentScan {
  private final long first;
  private long number;
  private long offset;
  private long validUntil;
  private long validNumber;
  private Optional<SegmentHeader> header = Optional.empty();

  /** What the bytes given hold next. */
  public sealed interface Step {
    /** A record, which is behind us now. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(long number, byte[] payload) implements Step {}

    /**
     * Bytes from {@link #offset()} on are needed, at least so many; at the end of the file, none.
     */
    record Needs(int bytes) implements Step {}

    /** Nothing behind this place can be made sense of. */
    record Lost() implements Step {}
  }

  /** A scan of the segment whose first record is {@code first}. */
  public SegmentScan(long first) {
    this.first = first;
    number = first;
    validNumber = first;
  }

  /** One that goes on behind the last valid record. */
  public SegmentScan back() {
    SegmentScan again = new SegmentScan(first);
    again.number = validNumber;
    again.offset = validUntil;
    again.validNumber = validNumber;
    again.validUntil = validUntil;
    again.header = header;
    return again;
  }

  /** Where the bytes that are wanted begin. */
  public long offset() {
    return offset;
  }

  /** The number of the record that is expected next. */
  public long number() {
    return number;
  }

  /** The end of the last valid record; 0 if not even the beginning is whole. */
  public long validUntil() {
    return validUntil;
  }

  /** The number behind that of the last valid record. */
  public long validNumber() {
    return validNumber;
  }

  /** Once it has been read, and was whole. */
  public Optional<SegmentHeader> header() {
    return header;
  }

  /**
   * The next step with {@code bytes}, whose position is at {@link #offset()} and is moved with it.
   */
  public Step next(ByteBuffer bytes) {
    if (offset == 0) {
      Optional<Step> early = begin(bytes);
      if (early.isPresent()) {
        return early.get();
      }
    }
    while (true) {
      switch (Records.parse(bytes, number)) {
        case Parsed.Incomplete(int needed) -> {
          return new Step.Needs(needed);
        }
        case Parsed.Valid valid -> {
          advance(bytes, valid.bytes());
          validUntil = offset;
          validNumber = ++number;
          return new Step.Found(number - 1, valid.payload());
        }
        case Parsed.Damaged(int length) when length > 0 -> {
          advance(bytes, length);
          number++;
        }
        case Parsed.Damaged _ -> {
          return new Step.Lost();
        }
      }
    }
  }

  private Optional<Step> begin(ByteBuffer bytes) {
    int most = Records.MAGIC.length;
    if (bytes.remaining() < most) {
      return Optional.of(new Step.Needs(most + Records.FRAME_BYTES));
    }
    byte[] magic = new byte[most];
    bytes.get(bytes.position(), magic);
    if (!Arrays.equals(magic, Records.MAGIC)) {
      return Optional.of(new Step.Lost());
    }
    ByteBuffer rest = bytes.slice(bytes.position() + most, bytes.remaining() - most);
    return switch (Records.parse(rest, Records.HEADER_NUMBER)) {
      case Parsed.Incomplete(int needed) -> Optional.of(new Step.Needs(most + needed));
      case Parsed.Valid valid -> {
        header = SegmentHeader.read(valid.payload());
        advance(bytes, most + valid.bytes());
        validUntil = offset;
        yield Optional.empty();
      }
      case Parsed.Damaged(int length) when length > 0 -> {
        advance(bytes, most + length);
        yield Optional.empty();
      }
      case Parsed.Damaged _ -> Optional.of(new Step.Lost());
    };
  }

  private void advance(ByteBuffer bytes, int length) {
    bytes.position(bytes.position() + length);
    offset += length;
  }
}
