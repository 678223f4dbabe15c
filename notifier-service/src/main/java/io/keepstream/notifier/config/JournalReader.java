package io.keepstream.notifier.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.FilePaths;
import io.keepstream.notifier.journal.Retention;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the {@code journal} block; without one, the defaults are in force. */
public final class JournalReader {
  /** Nine digits of gigabytes are more than any disk has. */
  static final String SIZE = "[0-9]{1,9}[KMG]?";

  private static final long LEAST_BYTES = 1 << 20;

  private final Consumer<Diagnostic> problems;

  private JournalReader(Consumer<Diagnostic> problems) {
    this.problems = problems;
  }

  /**
   * The settings in {@code root}.
   *
   * @param defaultDirectory where the journal is kept unless told otherwise
   * @param problems takes what cannot be read
   */
  public static JournalSettings read(
      Section root, Path defaultDirectory, Consumer<Diagnostic> problems) {
    return new JournalReader(problems).read(root, defaultDirectory);
  }

  private JournalSettings read(Section root, Path defaultDirectory) {
    Optional<Section> block = root.block("journal");
    Retention usual = JournalSettings.DEFAULT_RETENTION;
    return new JournalSettings(
        block
            .flatMap(found -> found.text("directory"))
            .flatMap(FilePaths::read)
            .orElse(defaultDirectory),
        new Retention(
            block
                .flatMap(found -> found.last("max_size"))
                .map(this::bytes)
                .orElse(usual.maxBytes()),
            block
                .flatMap(found -> found.text("max_age"))
                .flatMap(Ages::read)
                .orElse(usual.maxAge())));
  }

  private long bytes(Statement line) {
    String text = line.argument(0);
    if (!text.matches(SIZE)) {
      return JournalSettings.DEFAULT_RETENTION.maxBytes();
    }
    long unit =
        switch (text.charAt(text.length() - 1)) {
          case 'K' -> 1L << 10;
          case 'M' -> 1L << 20;
          case 'G' -> 1L << 30;
          default -> 1;
        };
    long bytes = Long.parseLong(text.replaceFirst("[KMG]$", "")) * unit;
    if (bytes < LEAST_BYTES) {
      problems.accept(
          Diagnostic.error(line.position(), "max_size: `%s` is less than 1M".formatted(text)));
    }
    return Math.max(bytes, LEAST_BYTES);
  }
}
