package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.notifier.journal.SegmentScan.Step;
import io.keepstream.runtime.ContractJson;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the records of a journal in order, across its segments. To be used by one at a time. */
public final class JournalInput implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JournalInput.class);

  /** An event with its number in the journal. */
  public record Entry(long number, Envelope envelope) {}

  /**
   * A stretch of the journal.
   *
   * @param entries those that are there and can be read
   * @param next the number that comes next
   */
  public record Batch(List<Entry> entries, long next) {
    public Batch {
      entries = List.copyOf(entries);
    }
  }

  private static final long NOWHERE = -1;

  private final Path directory;
  private SegmentInput segment;
  private long segmentFirst;
  private long next;

  /** Reads in {@code directory}. */
  public JournalInput(Path directory) {
    this.directory = directory;
  }

  /** At most {@code most} entries from {@code from} on, numbered {@code until} at most. */
  public Batch read(long from, int most, long until) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (segment == null || from != next) {
      seek(from);
    }
    next = NOWHERE; // until it is known that nothing was passed over by a read that failed
    boolean ended = false;
    while (segment != null && entries.size() < most && segment.scan().number() <= until) {
      Step step = segment.next();
      if (step instanceof Step.Found(long number, byte[] payload)) {
        if (number >= from) {
          add(entries, number, payload);
        }
      } else if (ended && nextSegment()) {
        ended = false;
      } else {
        segment.back();
        if (ended || following() == null) {
          break;
        }
        ended = true; // so that what was written since its end was reached is there by now
      }
    }
    next = segment == null ? from : Math.max(from, segment.scan().number());
    return new Batch(entries, next);
  }

  private static void add(List<Entry> entries, long number, byte[] payload) {
    try {
      entries.add(new Entry(number, ContractJson.mapper().readValue(payload, Envelope.class)));
    } catch (IOException e) {
      log.warn("record {} of the journal is none of this version: {}", number, e.getMessage());
    }
  }

  private void seek(long from) throws IOException {
    NavigableMap<Long, Path> segments = JournalDirectory.segments(directory);
    Map.Entry<Long, Path> found = segments.floorEntry(from);
    if (found == null) {
      found = segments.firstEntry();
    }
    if (found == null || (!open(found) && !nextSegment())) {
      close();
    }
  }

  private Map.Entry<Long, Path> following() throws IOException {
    return JournalDirectory.segments(directory).higherEntry(segmentFirst);
  }

  /** Whether there is one; whatever of the present one could not be read is missing then. */
  private boolean nextSegment() throws IOException {
    Map.Entry<Long, Path> following = following();
    while (following != null && !open(following)) {
      following = following();
    }
    return following != null;
  }

  /** Whether it is there; it may have gone while it was looked for. */
  private boolean open(Map.Entry<Long, Path> found) throws IOException {
    segmentFirst = found.getKey();
    SegmentInput opened;
    try {
      opened = new SegmentInput(found.getValue(), found.getKey());
    } catch (NoSuchFileException e) {
      return false;
    }
    close();
    segment = opened;
    return true;
  }

  @Override
  public void close() throws IOException {
    if (segment != null) {
      segment.close();
      segment = null;
    }
  }
}
