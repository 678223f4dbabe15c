package io.keepstream.config.language;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the language needs from the machine. Paths are divided by slashes. */
public interface ConfigSource {
  /** What a path leads to. */
  enum Entry {
    MISSING,
    FILE,
    /** A file with any execute bit, which is not taken for configuration. */
    EXECUTABLE,
    UNREADABLE,
    DIRECTORY,
    /** A device, a socket or the like. */
    OTHER
  }

  /** What {@code path} leads to. */
  Entry look(String path);

  /** The names in a directory, in any order; empty when it is none. */
  List<String> list(String directory);

  /** The absolute path without links, by which a file is recognised. */
  String canonical(String path);

  /**
   * The text of a file.
   *
   * @throws IOException when it cannot be read; the message says why
   */
  String read(String path) throws IOException;

  /** The configuration id, for {@code @id} and {@code ${_INSTANCE}}. */
  String configurationId();

  /** An environment variable. */
  Optional<String> environment(String name);

  /** A number between the bounds, both included. */
  int random(int min, int max);
}
