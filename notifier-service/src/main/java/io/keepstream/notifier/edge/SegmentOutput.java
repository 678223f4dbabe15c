package io.keepstream.notifier.edge;

import io.keepstream.contract.Source;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.journal.Heard;
import io.keepstream.notifier.journal.Recent;
import io.keepstream.notifier.journal.Records;
import io.keepstream.notifier.journal.Retention;
import io.keepstream.notifier.journal.Retention.Segment;
import io.keepstream.notifier.journal.SegmentHeader;
import io.keepstream.notifier.journal.SegmentName;
import io.keepstream.runtime.ContractJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The segments of a journal as one writes them. Blocks as long as the disk does, and is to be used
 * by one thread; {@link #force} by another.
 */
final class SegmentOutput {
  private final JournalDirectory directory;
  private volatile Retention retention;
  private final InstantSource clock;
  private final List<Segment> ended;
  private final Map<Source, Heard> heard;

  /** The lowest number that somebody still has to get. */
  private final AtomicLong undelivered = new AtomicLong();

  private final AtomicLong bytes = new AtomicLong();
  private volatile FileChannel channel;
  private long first;
  private long number;
  private long size;
  private Instant begunAt;

  /** What was in force when segments were dropped last. */
  private Retention applied;

  /** Records that went although somebody still had to get them. */
  record Dropped(long from, long to, String reason) {}

  /** Writes from {@code number} on. */
  SegmentOutput(JournalDirectory directory, long number, Retention retention, InstantSource clock) {
    this.directory = directory;
    this.number = number;
    this.retention = retention;
    applied = retention;
    this.clock = clock;
    ended = new ArrayList<>(directory.contents().ended());
    heard = new Recent<>(Heard.MOST);
    heard.putAll(directory.contents().heard());
    count();
  }

  /** The number that comes next. */
  long number() {
    return number;
  }

  /** How much there is on disk; from any thread. */
  long bytes() {
    return bytes.get();
  }

  /** All below {@code number} has been delivered to everyone; from any thread. */
  void delivered(long upTo) {
    undelivered.set(upTo);
  }

  /** Keeps so much from the next write on; from any thread. */
  void retain(Retention next) {
    retention = next;
  }

  /** Writes {@code entries}; to be called again with the same if it fails. */
  void write(List<Entry> entries, Consumer<Dropped> dropped) throws IOException {
    if (!applied.equals(retention)) {
      drop(size, dropped);
    }
    int from = 0;
    while (from < entries.size() && entries.get(from).number() < number) {
      from++;
    }
    while (from < entries.size()) {
      if (channel == null
          || size >= retention.segmentBytes()
          || clock.instant().isAfter(begunAt.plus(retention.segmentAge()))
          || entries.get(from).number() != number) {
        begin(entries.get(from).number(), dropped);
      }
      int to = from + 1;
      while (to < entries.size() && entries.get(to).number() == entries.get(to - 1).number() + 1) {
        to++;
      }
      append(entries.subList(from, to));
      from = to;
    }
  }

  private void append(List<Entry> entries) throws IOException {
    List<ByteBuffer> records =
        entries.stream()
            .map(entry -> Records.encode(entry.number(), ContractJson.bytes(entry.envelope())))
            .toList();
    ByteBuffer all = ByteBuffer.allocate(records.stream().mapToInt(ByteBuffer::remaining).sum());
    records.forEach(all::put);
    writeAt(size, all.flip());
    size += all.limit();
    number = entries.getLast().number() + 1;
    entries.stream()
        .map(entry -> Heard.upTo(entry.envelope()))
        .forEach(now -> heard.put(now.source(), now));
    count();
  }

  private void writeAt(long offset, ByteBuffer all) throws IOException {
    while (all.hasRemaining()) {
      channel.write(all, offset + all.position());
    }
  }

  /** Begins a segment with {@code next}, when the one before is safe on the disk. */
  private void begin(long next, Consumer<Dropped> dropped) throws IOException {
    Instant now = clock.instant();
    if (channel != null) {
      FileChannel previous = channel;
      previous.force(false);
      channel = null;
      ended.add(new Segment(first, number, size, now));
      size = 0;
      previous.close();
    }
    drop(0, dropped);
    Path file = directory.path().resolve(SegmentName.of(next));
    FileChannel opened =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      ByteBuffer beginning = Records.beginning(new SegmentHeader(now, List.copyOf(heard.values())));
      while (beginning.hasRemaining()) {
        opened.write(beginning);
      }
      forceDirectory();
      first = next;
      number = next;
      size = opened.position();
      begunAt = now;
      channel = opened;
      count();
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  /** Beside the segment that is written, which holds {@code currentBytes}. */
  private void drop(long currentBytes, Consumer<Dropped> dropped) throws IOException {
    applied = retention;
    long maxBytes = applied.maxBytes();
    for (Segment segment :
        applied.surplus(ended, currentBytes, undelivered.get(), clock.instant())) {
      remove(segment);
      long from = Math.max(segment.first(), undelivered.get());
      if (from < segment.next()) {
        dropped.accept(
            new Dropped(
                from, segment.next() - 1, "it holds more than %d bytes".formatted(maxBytes)));
      }
    }
  }

  /** Drops the oldest segment, if everybody has it and the disk is as good as full. */
  void makeRoom() {
    try {
      long usableBytes = Files.getFileStore(directory.path()).getUsableSpace();
      if (!ended.isEmpty()
          && ended.getFirst().next() <= undelivered.get()
          && usableBytes < 2 * retention.segmentBytes()) {
        remove(ended.getFirst());
      }
    } catch (IOException e) {
      // The next attempt to write says what is wrong.
    }
  }

  private void remove(Segment segment) throws IOException {
    Files.deleteIfExists(directory.path().resolve(SegmentName.of(segment.first())));
    ended.remove(segment);
    count();
  }

  private void count() {
    bytes.set(size + ended.stream().mapToLong(Segment::bytes).sum());
  }

  /** Returns when the disk has all that was written before the call. */
  void force() throws IOException {
    while (true) {
      FileChannel now = channel;
      try {
        if (now != null) {
          now.force(false);
        }
        return;
      } catch (ClosedChannelException e) {
        if (now.equals(channel)) {
          throw e; // closed by an interrupt
        }
        // Else that segment was ended, and was safe before.
      }
    }
  }

  /** The name of a new file is in the directory, which has to be on the disk too. */
  private void forceDirectory() throws IOException {
    try (FileChannel entries = FileChannel.open(directory.path(), StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing more can be done about a file that is being left.
    }
    directory.close();
  }
}
