package io.keepstream.notifier.journal;

import io.keepstream.notifier.delivery.Progress.Cursor;
import io.keepstream.notifier.journal.Records.Parsed;
import io.keepstream.runtime.ContractJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The file that holds how far a sink has got: two slots that are written in turns, so that one is
 * whole whenever the process or the machine ends. Each is a revision, eight bytes, and a record
 * with that number.
 */
public final class CursorSlots {
  /** Where the second slot begins. */
  public static final int SLOT_BYTES = 64 << 10;

  private static final int MOST_RANGES = 1024;

  private CursorSlots() {}

  /**
   * What is kept.
   *
   * @param sink its name
   * @param cursor what it is done with
   */
  public record Saved(String sink, Cursor cursor) {}

  /** What was found, and the revision to go on from. */
  public record Found(long revision, Saved saved) {}

  /** Where {@code revision} is written. */
  public static long offset(long revision) {
    return revision % 2 * SLOT_BYTES;
  }

  /** The bytes of a slot. What does not fit is left out, and is sent again after a restart. */
  public static ByteBuffer encode(long revision, Saved saved) {
    Cursor cursor = saved.cursor();
    int ranges = Math.min(cursor.beyond().size(), MOST_RANGES);
    Cursor kept = new Cursor(cursor.position(), cursor.beyond().subList(0, ranges));
    ByteBuffer record = Records.encode(revision, ContractJson.bytes(new Saved(saved.sink(), kept)));
    return ByteBuffer.allocate(Long.BYTES + record.remaining())
        .putLong(revision)
        .put(record)
        .flip();
  }

  /** The newest slot of {@code file} that is whole. */
  public static Optional<Found> decode(byte[] file) {
    Optional<Found> first = decode(file, 0);
    Optional<Found> second = decode(file, SLOT_BYTES);
    boolean secondIsNewer =
        second.isPresent() && (first.isEmpty() || second.get().revision() > first.get().revision());
    return secondIsNewer ? second : first;
  }

  private static Optional<Found> decode(byte[] file, int offset) {
    if (file.length < offset + Long.BYTES) {
      return Optional.empty();
    }
    ByteBuffer slot = ByteBuffer.wrap(file, offset, Math.min(SLOT_BYTES, file.length - offset));
    long revision = slot.getLong();
    return Records.parse(slot, revision) instanceof Parsed.Valid(byte[] payload)
        ? saved(payload).map(saved -> new Found(revision, saved))
        : Optional.empty();
  }

  private static Optional<Saved> saved(byte[] json) {
    try {
      return Optional.of(ContractJson.mapper().readValue(json, Saved.class))
          .filter(saved -> saved.sink() != null && saved.cursor() != null);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
