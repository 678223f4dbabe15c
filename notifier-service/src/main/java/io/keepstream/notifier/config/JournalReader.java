package io.keepstream.notifier.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.FilePaths;
import io.keepstream.notifier.journal.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the {@code journal} block; without one, the defaults are in force. */
public final class JournalReader {
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
            block.flatMap(found -> found.last("max_age")).map(this::age).orElse(usual.maxAge())));
  }

  private long bytes(Statement line) {
    String text = line.argument(0);
    long unit =
        switch (text.charAt(text.length() - 1)) {
          case 'K' -> 1L << 10;
          case 'M' -> 1L << 20;
          case 'G' -> 1L << 30;
          default -> 1;
        };
    long bytes = amount(line, "[KMG]", unit);
    if (bytes < LEAST_BYTES) {
      error(line, "max_size: `%s` is less than 1M".formatted(text));
    }
    return Math.max(bytes, LEAST_BYTES);
  }

  private Duration age(Statement line) {
    String text = line.argument(0);
    long seconds =
        switch (text.charAt(text.length() - 1)) {
          case 'm' -> 60;
          case 'h' -> 3_600;
          case 'd' -> 86_400;
          default -> 1;
        };
    return Duration.ofSeconds(amount(line, "[smhd]", seconds));
  }

  private long amount(Statement line, String unit, long factor) {
    String text = line.argument(0);
    try {
      return Math.multiplyExact(Long.parseLong(text.replaceFirst(unit + "$", "")), factor);
    } catch (ArithmeticException | NumberFormatException e) {
      error(line, "%s: `%s` is too much".formatted(line.keyword().text(), text));
      return Integer.MAX_VALUE;
    }
  }

  private void error(Statement line, String message) {
    problems.accept(Diagnostic.error(line.position(), message));
  }
}
