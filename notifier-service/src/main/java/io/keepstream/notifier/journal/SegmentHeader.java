package io.keepstream.notifier.journal;

import io.keepstream.runtime.ContractJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a segment says first.
 *
 * @param createdAt wall-clock time; what is in the segment was written later
 * @param heard how far each source had been heard before
 */
public record SegmentHeader(Instant createdAt, List<Heard> heard) {
  public SegmentHeader {
    heard = List.copyOf(heard);
  }

  byte[] json() {
    return ContractJson.bytes(this);
  }

  /** The inverse of {@link #json()}; empty for anything else. */
  static Optional<SegmentHeader> read(byte[] json) {
    try {
      return Optional.of(JournalJson.header(json));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
