package io.keepstream.election.config;

import io.keepstream.config.value.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Numbers that have names on this machine: what {@code ip route} reads from its own files, later
 * ones before earlier ones.
 *
 * @param file name of the files; {@code ""} for none
 * @param known names that are everywhere
 */
record IprouteNames(String file, Map<String, Long> known) {
  static final IprouteNames TABLE =
      new IprouteNames("rt_tables", Map.of("local", 255L, "main", 254L, "default", 253L));
  static final IprouteNames PROTOCOL =
      new IprouteNames(
          "rt_protos", Map.of("kernel", 2L, "boot", 3L, "static", 4L, "ra", 9L, "keepalived", 18L));
  static final IprouteNames SCOPE =
      new IprouteNames(
          "rt_scopes",
          Map.of(
              "global",
              0L,
              "universe",
              0L,
              "site",
              200L,
              "link",
              253L,
              "host",
              254L,
              "nowhere",
              255L));
  static final IprouteNames TYPE_OF_SERVICE = new IprouteNames("rt_dsfield", Map.of("default", 0L));
  static final IprouteNames GROUP = new IprouteNames("group", Map.of("default", 0L));
  static final IprouteNames REALM = new IprouteNames("rt_realms", Map.of("cosmos", 0L));
  static final IprouteNames TRANSPORT =
      new IprouteNames(
          "", Map.of("icmp", 1L, "tcp", 6L, "udp", 17L, "ipv6-icmp", 58L, "sctp", 132L));

  private static final List<Path> DIRECTORIES =
      List.of(Path.of("/usr/share/iproute2"), Path.of("/etc/iproute2"));

  /** The number that {@code text} is or names. */
  OptionalLong number(String text) {
    OptionalLong number = Numbers.integerAnyBase(text);
    Long named = number.isPresent() ? null : named(text);
    return named == null ? number : OptionalLong.of(named);
  }

  private Long named(String name) {
    Map<String, Long> names = new HashMap<>(known);
    if (!file.isEmpty()) {
      for (Path directory : DIRECTORIES) {
        read(directory.resolve(file), names);
        readAll(directory.resolve(file + ".d"), names);
      }
    }
    return names.get(name);
  }

  private static void readAll(Path directory, Map<String, Long> names) {
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        files
            .filter(each -> each.toString().endsWith(".conf"))
            .sorted()
            .forEach(each -> read(each, names));
      } catch (IOException e) {
        // Names that cannot be read are not known, which is said where one is used.
      }
    }
  }

  /** Lines of a number and a name; what stands behind a # is passed over. */
  private static void read(Path file, Map<String, Long> names) {
    if (!Files.isReadable(file)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.replaceFirst("#.*", "").strip().split("\\s+", -1);
        OptionalLong number = Numbers.integerAnyBase(words[0]);
        if (words.length > 1 && number.isPresent()) {
          names.put(words[1], number.getAsLong());
        }
      }
    } catch (IOException e) {
      // As above.
    }
  }
}
