package io.keepstream.notifier.edge;

import io.keepstream.contract.Source;
import io.keepstream.notifier.journal.Heard;
import io.keepstream.notifier.journal.JournalJson;
import io.keepstream.notifier.journal.Recent;
import io.keepstream.notifier.journal.Retention.Segment;
import io.keepstream.notifier.journal.SegmentHeader;
import io.keepstream.notifier.journal.SegmentName;
import io.keepstream.notifier.journal.SegmentScan;
import io.keepstream.notifier.journal.SegmentScan.Step;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a journal, of which this process is the only writer until it is closed. */
final class JournalDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;
  private final Contents contents;

  /**
   * What was found.
   *
   * @param ended all segments, oldest first
   * @param next the number of the next record
   * @param heard how far each source has been heard
   */
  record Contents(List<Segment> ended, long next, Map<Source, Heard> heard) {}

  private JournalDirectory(Path path, FileChannel lockFile, Contents contents) {
    this.path = path;
    this.lockFile = lockFile;
    this.contents = contents;
  }

  /**
   * Takes {@code path}, which is made where it is missing, and cuts off what a crash has left.
   *
   * @throws IOException if it cannot be written, or another process has it
   */
  static JournalDirectory open(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    FileChannel lockFile =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock(lockFile);
      return new JournalDirectory(path, lockFile, recover(path));
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  private static void lock(FileChannel lockFile) throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Another notifier of this process has it.
    }
    throw new IOException("another process keeps its journal there");
  }

  Path path() {
    return path;
  }

  Contents contents() {
    return contents;
  }

  /** The first numbers of all segments, with their files. */
  static NavigableMap<Long, Path> segments(Path path) throws IOException {
    TreeMap<Long, Path> segments = new TreeMap<>();
    try (Stream<Path> files = Files.list(path)) {
      files.forEach(
          file ->
              SegmentName.first(file.getFileName().toString())
                  .ifPresent(first -> segments.put(first, file)));
    }
    return segments;
  }

  /** The first record of a segment; empty if it is damaged. */
  static Optional<SegmentHeader> header(Path file, long first) throws IOException {
    try (SegmentInput input = new SegmentInput(file, first)) {
      Step _ = input.next();
      return input.scan().header();
    }
  }

  private static Contents recover(Path path) throws IOException {
    NavigableMap<Long, Path> segments = segments(path);
    Map<Source, Heard> heard = new Recent<>(Heard.MOST);
    long next = 1;
    if (!segments.isEmpty()) {
      next = recover(segments, heard);
    }
    List<Segment> ended = new ArrayList<>();
    for (Map.Entry<Long, Path> segment : segments.entrySet()) {
      Long following = segments.higherKey(segment.getKey());
      Instant endedAt = Files.getLastModifiedTime(segment.getValue()).toInstant();
      ended.add(
          new Segment(
              segment.getKey(),
              following == null ? next : following,
              Files.size(segment.getValue()),
              endedAt));
    }
    return new Contents(ended, next, heard);
  }

  /** Cuts the last segment behind its last record; the number that comes next. */
  private static long recover(NavigableMap<Long, Path> segments, Map<Source, Heard> heard)
      throws IOException {
    long next = segments.lastKey();
    while (!segments.isEmpty()) {
      Map.Entry<Long, Path> last = segments.lastEntry();
      SegmentScan scan = scan(last.getValue(), last.getKey(), heard);
      if (scan.validNumber() > last.getKey()) {
        try (FileChannel channel = FileChannel.open(last.getValue(), StandardOpenOption.WRITE)) {
          channel.truncate(scan.validUntil());
        }
        return Math.max(next, scan.validNumber());
      }
      Files.delete(last.getValue());
      segments.remove(last.getKey());
    }
    return next;
  }

  private static SegmentScan scan(Path file, long first, Map<Source, Heard> heard)
      throws IOException {
    try (SegmentInput input = new SegmentInput(file, first)) {
      while (input.next() instanceof Step.Found(long _, byte[] payload)) {
        if (heard.isEmpty()) {
          input
              .scan()
              .header()
              .ifPresent(found -> found.heard().forEach(each -> heard.put(each.source(), each)));
        }
        Heard now = JournalJson.heard(payload);
        heard.put(now.source(), now);
      }
      return input.scan();
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      // The lock goes with the process at the latest.
    }
  }
}
