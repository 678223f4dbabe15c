package io.keepstream.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Removes namespaces, with what runs in them, and temporary folders by their names. */
final class Leftovers {
  static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  static final Path NAMESPACES = Path.of("/run/netns");
  private static final Pattern LAB = Pattern.compile("ks(\\d+)-\\d+-.*");

  private static boolean swept;

  private Leftovers() {}

  /** How all names of this JVM's lab of this number start. */
  static String prefix(int number) {
    return "ks%d-%d-".formatted(ProcessHandle.current().pid(), number);
  }

  /** Removes the labs of JVMs that are gone, once per JVM. */
  static synchronized void sweepOnce() {
    if (!swept) {
      swept = true;
      sweep();
    }
  }

  static void sweep() {
    remove(Leftovers::isOrphan);
  }

  /** Removes everything whose name starts with {@code prefix}. */
  static void remove(String prefix) {
    remove((String name) -> name.startsWith(prefix));
  }

  private static boolean isOrphan(String name) {
    Matcher lab = LAB.matcher(name);
    return lab.matches() && ProcessHandle.of(Long.parseLong(lab.group(1))).isEmpty();
  }

  private static void remove(Predicate<String> name) {
    for (Path namespace : entries(NAMESPACES, name)) {
      removeNamespace(namespace.getFileName().toString());
    }
    entries(TEMPORARY, name).forEach(Leftovers::deleteTree);
  }

  private static List<Path> entries(Path directory, Predicate<String> name) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry -> name.test(entry.getFileName().toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeNamespace(String name) {
    long self = ProcessHandle.current().pid();
    Commands.run("ip", "netns", "pids", name)
        .text()
        .lines()
        .map(Long::valueOf)
        .filter(pid -> pid != self)
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(ProcessHandle::destroyForcibly);
    Commands.run("ip", "netns", "del", name);
  }

  private static void deleteTree(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
