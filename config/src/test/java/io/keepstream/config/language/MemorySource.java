package io.keepstream.config.language;

import io.keepstream.config.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Files in memory; relative paths are below {@code /etc}. Random numbers are the lower bound. */
public final class MemorySource implements ConfigSource {
  private final Map<String, String> files = new TreeMap<>();
  private final Set<String> executables = new HashSet<>();
  private final Map<String, String> environment = new HashMap<>();
  private String configurationId = "node1";

  /** Reads {@code text} as the file {@code f}. */
  public static Document documentOf(String text) {
    return new MemorySource().file("f", text).document();
  }

  MemorySource file(String path, String text) {
    files.put(canonical(path), text);
    return this;
  }

  MemorySource executable(String path, String text) {
    executables.add(canonical(path));
    return file(path, text);
  }

  MemorySource id(String id) {
    configurationId = id;
    return this;
  }

  MemorySource variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Document document() {
    return ConfigReader.read("f", this);
  }

  @Override
  public Entry look(String path) {
    String full = canonical(path);
    if (files.containsKey(full)) {
      return executables.contains(full) ? Entry.EXECUTABLE : Entry.FILE;
    }
    return list(path).isEmpty() ? Entry.MISSING : Entry.DIRECTORY;
  }

  @Override
  public List<String> list(String directory) {
    String prefix = canonical(directory).equals("/") ? "/" : canonical(directory) + "/";
    List<String> names =
        files.keySet().stream()
            .filter(file -> file.startsWith(prefix))
            .map(file -> file.substring(prefix.length()).replaceAll("/.*", ""))
            .distinct()
            .collect(Collectors.toCollection(ArrayList::new));
    return names.reversed();
  }

  @Override
  public String canonical(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : (path.startsWith("/") ? path : "/etc/" + path).split("/", -1)) {
      if (part.equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  @Override
  public String read(String path) {
    return files.get(canonical(path));
  }

  @Override
  public String configurationId() {
    return configurationId;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  @Override
  public int random(int min, int max) {
    return min;
  }
}
