package io.keepstream.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The conformance checklist, and which tests say that they prove its items. */
final class Checklist {
  private static final String HEAD =
      """
      # Checklist

      What a VRRP, BFD, IPVS and netlink implementation must do, and the tests that prove it here. Levels: M
      must, S should, K as keepalived does, X better than keepalived on purpose, F a fault and what must come
      of it. All tests named run in `./keepstream test`; an item without one is open. Written by the test
      that compares this page with the annotations of all tests: `-Dtest=ChecklistTest
      -Dkeepstream.write=true`.
      """;

  /** JUnit's own tags serve where {@code Proves} is out of reach: below the testkit. */
  private static final Pattern PROOF =
      Pattern.compile(
          "@(?:Proves|Tag)\\((\\{[^}]*}|\"[^\"]+\")\\)"
              + "(?:(?!@Proves|@Tag).)*?\\b(class|void|DynamicTest>)\\s+(\\w+)",
          Pattern.DOTALL);

  private static final Pattern ID = Pattern.compile("\"([A-Z]+-\\d+)\"");

  /** An item: its id, its level and what it demands. */
  record Item(String id, String level, String rule) {
    String area() {
      return id.substring(0, id.indexOf('-'));
    }
  }

  private Checklist() {}

  static List<Item> items() {
    try (InputStream table = Checklist.class.getResourceAsStream("checklist.tsv")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .map(cells -> new Item(cells[0], cells[1], cells[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tests that prove each item, in all modules below {@code root}. */
  static Map<String, Set<String>> proofs(Path root) throws IOException {
    Map<String, Set<String>> proofs = new TreeMap<>();
    for (Path file : tests(root)) {
      String name = file.getFileName().toString().replace(".java", "");
      Matcher proof = PROOF.matcher(Files.readString(file));
      while (proof.find()) {
        String test = proof.group(2).equals("class") ? name : name + "." + proof.group(3);
        ID.matcher(proof.group(1))
            .results()
            .forEach(id -> proofs.computeIfAbsent(id.group(1), _ -> new TreeSet<>()).add(test));
      }
    }
    return proofs;
  }

  private static List<Path> tests(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.toList()) {
        Path tests = module.resolve("src/test/java");
        if (Files.isDirectory(tests)) {
          try (Stream<Path> found = Files.walk(tests)) {
            found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
          }
        }
      }
    }
    return files;
  }

  static String page(List<Item> items, Map<String, Set<String>> proofs) {
    StringBuilder page = new StringBuilder(HEAD);
    String area = "";
    for (Item item : items) {
      if (!item.area().equals(area)) {
        area = item.area();
        page.append("\n## ").append(title(area)).append("\n\n");
        page.append("| id | level | rule | proved by |\n|---|---|---|---|\n");
      }
      Set<String> tests = proofs.getOrDefault(item.id(), Set.of());
      page.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  item.id(),
                  item.level(),
                  item.rule(),
                  tests.isEmpty() ? "open" : String.join(", ", tests)));
    }
    return page.toString();
  }

  private static String title(String area) {
    return switch (area) {
      case "VR" -> "VRRP";
      case "BF" -> "BFD";
      case "IP" -> "IPVS";
      case "NL" -> "Netlink";
      case "FI" -> "Faults";
      default -> throw new IllegalArgumentException(area);
    };
  }
}
