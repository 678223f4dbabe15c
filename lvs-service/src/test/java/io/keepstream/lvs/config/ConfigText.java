package io.keepstream.lvs.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.SystemSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads configurations for tests. */
public final class ConfigText {
  private ConfigText() {}

  /** What was read, and what was said about it. */
  public record Result(LvsConfig config, List<Diagnostic> diagnostics) {}

  /** Reads a file. */
  public static Result read(Path file) {
    Document document = ConfigReader.read(file.toString(), SystemSource.ofThisMachine());
    List<Diagnostic> diagnostics = new ArrayList<>();
    LvsConfig config = LvsConfigReader.read(document.root(), diagnostics::add);
    return new Result(config, diagnostics);
  }

  /** Reads text that is the whole configuration. */
  public static Result read(String text) {
    try {
      Path file = Files.createTempFile("keepstream", ".conf");
      try {
        Files.writeString(file, text);
        return read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
