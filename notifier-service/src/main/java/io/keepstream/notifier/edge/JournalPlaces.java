package io.keepstream.notifier.edge;

import io.keepstream.notifier.config.Ages;
import io.keepstream.notifier.edge.JournalInput.Batch;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.journal.SegmentHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds places in a journal by what people say. */
public final class JournalPlaces {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final int AT_ONCE = 256;

  /** Sources stamp their events a little before they are written. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final Path directory;
  private final Instant now;

  /** The places of the journal in {@code directory}; ages count from {@code now}. */
  public JournalPlaces(Path directory, Instant now) {
    this.directory = directory;
    this.now = now;
  }

  /**
   * The number of the first event that is meant.
   *
   * @param when an age as in {@code 10m}, a time, a number or the id of an event
   * @return empty when it is none of these
   */
  public OptionalLong find(String when) throws IOException {
    Optional<Instant> time = time(when);
    return time.isPresent() ? OptionalLong.of(since(time.get())) : named(when);
  }

  /**
   * The number of the last event that is meant: of those at or before an age or a time.
   *
   * @param when as above
   * @return empty when it is none of these
   */
  public OptionalLong findLast(String when) throws IOException {
    Optional<Instant> time = time(when);
    return time.isPresent() ? OptionalLong.of(since(time.get().plusNanos(1)) - 1) : named(when);
  }

  private OptionalLong named(String when) throws IOException {
    if (NUMBER.matcher(when).matches()) {
      return OptionalLong.of(Long.parseLong(when));
    }
    return first(1, entry -> entry.envelope().id().equals(when));
  }

  private Optional<Instant> time(String text) {
    if (NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Ages.read(text).map(now::minus).orElseGet(() -> Instant.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private long since(Instant time) throws IOException {
    long begin = 1;
    NavigableMap<Long, Path> segments = JournalDirectory.segments(directory);
    for (Map.Entry<Long, Path> segment : segments.entrySet()) {
      Instant createdAt =
          JournalDirectory.header(segment.getValue(), segment.getKey())
              .map(SegmentHeader::createdAt)
              .orElse(Instant.MIN);
      if (createdAt.isBefore(time.minus(SLACK))) {
        begin = segment.getKey();
      }
    }
    return first(begin, entry -> !entry.envelope().occurredAt().isBefore(time))
        .orElse(Long.MAX_VALUE);
  }

  private OptionalLong first(long begin, Predicate<Entry> wanted) throws IOException {
    try (JournalInput input = new JournalInput(directory)) {
      long next = begin;
      while (true) {
        Batch batch = input.read(next, AT_ONCE, Long.MAX_VALUE);
        Optional<Entry> found = batch.entries().stream().filter(wanted).findFirst();
        if (found.isPresent() || batch.next() == next) {
          return found.map(entry -> OptionalLong.of(entry.number())).orElse(OptionalLong.empty());
        }
        next = batch.next();
      }
    }
  }
}
