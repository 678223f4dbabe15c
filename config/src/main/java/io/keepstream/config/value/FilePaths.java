package io.keepstream.config.value;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths as a configuration writes them. */
public final class FilePaths {
  private FilePaths() {}

  /** The path that {@code word} is; empty when no file can be called so. */
  public static Optional<Path> read(String word) {
    try {
      return Optional.of(Path.of(word));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
