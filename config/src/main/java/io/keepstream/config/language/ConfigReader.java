package io.keepstream.config.language;

import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Document;
import io.keepstream.config.Position;
import io.keepstream.config.Statement;
import io.keepstream.config.language.ConfigSource.Entry;
import java.util.List;
import java.util.Optional;

/** Reads a configuration file with everything it includes. */
public final class ConfigReader {
  private ConfigReader() {}

  /** Reads {@code path}. Never fails: whatever is wrong is among the document's diagnostics. */
  public static Document read(String path, ConfigSource source) {
    Reading reading = new Reading(source);
    List<Statement> statements = exists(path, reading) ? statements(path, reading) : List.of();
    return new Document(path, statements, reading.diagnostics());
  }

  private static boolean exists(String path, Reading reading) {
    Position start = new Position(path, 1, 1);
    Entry entry = reading.source().look(path);
    return switch (entry) {
      case FILE -> true;
      case EXECUTABLE -> {
        reading.warning(start, "keepalived would not read this file: it is executable");
        yield true;
      }
      case MISSING -> none(reading, start, "there is no such file");
      case DIRECTORY, OTHER -> none(reading, start, "this is not a regular file");
      case UNREADABLE -> none(reading, start, "this file cannot be read");
    };
  }

  private static boolean none(Reading reading, Position start, String message) {
    reading.error(Kind.NO_CONFIGURATION, start, message);
    return false;
  }

  private static List<Statement> statements(String path, Reading reading) {
    LogicalLines lines = new LogicalLines(reading, path);
    TreeBuilder tree = new TreeBuilder(reading);
    for (Optional<Token> token = lines.next(); token.isPresent(); token = lines.next()) {
      tree.add(token.get());
    }
    return tree.finish(lines.here());
  }
}
