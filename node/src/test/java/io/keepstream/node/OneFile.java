package io.keepstream.node;

import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.ConfigSource;
import java.util.List;
import java.util.Optional;

/** A machine with nothing but one configuration file. */
record OneFile(String text) implements ConfigSource {
  private static final String PATH = "f";

  static Document documentOf(String text) {
    return ConfigReader.read(PATH, new OneFile(text));
  }

  @Override
  public Entry look(String path) {
    return path.equals(PATH) ? Entry.FILE : Entry.MISSING;
  }

  @Override
  public List<String> list(String directory) {
    return List.of();
  }

  @Override
  public String canonical(String path) {
    return path;
  }

  @Override
  public String read(String path) {
    return text;
  }

  @Override
  public String configurationId() {
    return "node";
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.empty();
  }

  @Override
  public int random(int min, int max) {
    return min;
  }
}
