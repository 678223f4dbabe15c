package io.keepstream.notifier.edge;

import io.keepstream.notifier.delivery.Progress.Cursor;
import io.keepstream.notifier.journal.CursorSlots;
import io.keepstream.notifier.journal.CursorSlots.Found;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/** The files of all sinks, beside the journal. */
final class SinkFiles {
  private static final String SUFFIX = ".cursor";
  private static final int LONGEST_NAME = 200;

  private final Path directory;
  private final Map<String, Cursor> found = new HashMap<>();

  private SinkFiles(Path directory) {
    this.directory = directory;
  }

  /** Reads what is kept below {@code journal}; blocks. */
  static SinkFiles open(Path journal) throws IOException {
    SinkFiles files = new SinkFiles(Files.createDirectories(journal.resolve("sinks")));
    try (Stream<Path> all = Files.list(files.directory)) {
      List<Path> cursors = all.filter(file -> file.toString().endsWith(SUFFIX)).toList();
      for (Path file : cursors) {
        CursorSlots.decode(Files.readAllBytes(file))
            .map(Found::saved)
            .ifPresent(saved -> files.found.put(saved.sink(), saved.cursor()));
      }
    }
    return files;
  }

  /** A number beyond all that any sink is done with, so that none is given out again. */
  long beyondAll() {
    return found.values().stream()
        .mapToLong(
            cursor ->
                cursor.beyond().isEmpty() ? cursor.position() : cursor.beyond().getLast().to())
        .max()
        .orElse(1);
  }

  /** The lowest number that some sink still has to get; empty without sinks. */
  OptionalLong lowest() {
    return found.values().stream().mapToLong(Cursor::position).min();
  }

  /** How far {@code sink} had got when it was last running; empty for a new one. */
  Optional<Cursor> take(String sink) {
    return Optional.ofNullable(found.remove(sink));
  }

  /** The file of {@code sink}. */
  SinkFile file(String sink) {
    return new SinkFile(sink, directory.resolve(fileName(sink) + SUFFIX));
  }

  private static String fileName(String sink) {
    String name = URLEncoder.encode(sink, StandardCharsets.UTF_8);
    return name.length() <= LONGEST_NAME
        ? name
        : UUID.nameUUIDFromBytes(sink.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
