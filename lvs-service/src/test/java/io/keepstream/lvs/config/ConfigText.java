package io.keepstream.lvs.config;

import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.SystemSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads configurations for tests. */
public final class ConfigText {
  private ConfigText() {}

  /** Reads a file. */
  public static LvsConfigReader.Result read(Path file) {
    Document document = ConfigReader.read(file.toString(), SystemSource.ofThisMachine());
    return LvsConfigReader.read(document);
  }

  /** Reads text that is the whole configuration. */
  public static LvsConfigReader.Result read(String text) {
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
