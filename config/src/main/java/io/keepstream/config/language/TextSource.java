package io.keepstream.config.language;

import java.io.FileNotFoundException;
import java.util.List;
import java.util.Optional;

/**
 * A configuration that is one text, with no machine around it: no other files, no environment.
 *
 * @param path the name under which the text is read
 * @param text the text
 */
public record TextSource(String path, String text) implements ConfigSource {
  @Override
  public Entry look(String other) {
    return other.equals(path) ? Entry.FILE : Entry.MISSING;
  }

  @Override
  public List<String> list(String directory) {
    return List.of();
  }

  @Override
  public String canonical(String other) {
    return other;
  }

  @Override
  public String read(String other) throws FileNotFoundException {
    if (!other.equals(path)) {
      throw new FileNotFoundException(other);
    }
    return text;
  }

  @Override
  public String configurationId() {
    return "";
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
