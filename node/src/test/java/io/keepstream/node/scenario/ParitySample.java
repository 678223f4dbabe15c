package io.keepstream.node.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration of {@code parity.txt}.
 *
 * @param lines with the marks that say when they are there
 */
record ParitySample(String name, List<String> lines) {
  private static final String CHECKS =
      "delay_loop 2\n connect_timeout 2\n retry 1\n delay_before_retry 0.3\n warmup 0";

  ParitySample {
    lines = List.copyOf(lines);
  }

  /** All of them. */
  static List<ParitySample> all() {
    try (InputStream file = ParitySample.class.getResourceAsStream("parity.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n=== ", -1))
          .skip(1)
          .map(part -> part.lines().toList())
          .map(part -> new ParitySample(part.getFirst(), part.subList(1, part.size())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text before the reload. */
  String before(String ownFile) {
    return text('-', '+', ownFile);
  }

  /** The text after it. */
  String after(String ownFile) {
    return text('+', '-', ownFile);
  }

  /** Whether the server that fails is checked. */
  boolean hasFirstServer() {
    return says("real_server 10.2.0.1 ") || says("real_server fd00::1 ");
  }

  /** Whether more is to be compared than services. */
  boolean hasSettings() {
    return says("lvs_timeouts") || says("lvs_sync_daemon") || says("threshold");
  }

  /** Whether scripts write into the file. */
  boolean hasScripts() {
    return says("notify_up");
  }

  /** Whether the reload changes anything. */
  boolean changes() {
    return !before("").equals(after(""));
  }

  boolean says(String word) {
    return lines.stream().anyMatch(line -> line.contains(word));
  }

  private String text(char kept, char left, String ownFile) {
    return lines.stream()
        .filter(line -> line.isEmpty() || line.charAt(0) != left)
        .map(line -> !line.isEmpty() && line.charAt(0) == kept ? line.substring(1) : line)
        .map(line -> line.replace("@file", ownFile).replace("@", CHECKS))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
