package io.keepstream.lvs.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
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
    try {
      return read(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads text as the file {@code f}. */
  public static Result read(String text) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    LvsConfig config =
        LvsConfigReader.read(
            ConfigReader.read("f", new TextSource("f", text)).root(), diagnostics::add);
    return new Result(config, diagnostics);
  }
}
