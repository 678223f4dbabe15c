package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects of a kind that somebody tracks; of several of one name the first counts.
 *
 * @param users the names that users of such objects say
 */
record TrackedNames(Set<String> users) {

  /** Those that VRRP instances and sync groups name in blocks of {@code keyword}. */
  static TrackedNames ofVrrp(Section root, String keyword) {
    return new TrackedNames(inVrrp(root, keyword).collect(Collectors.toSet()));
  }

  /** Those that VRRP names, or a checker. */
  static TrackedNames ofFiles(Section root) {
    Stream<String> checkers =
        root.blocks("virtual_server").stream()
            .flatMap(server -> server.blocks("real_server").stream())
            .flatMap(server -> server.blocks("FILE_CHECK").stream())
            .flatMap(check -> check.text("track_file").stream());
    return new TrackedNames(
        Stream.concat(inVrrp(root, "track_file"), checkers).collect(Collectors.toSet()));
  }

  private static Stream<String> inVrrp(Section root, String keyword) {
    return Stream.of("vrrp_instance", "vrrp_sync_group")
        .flatMap(block -> root.blocks(block).stream())
        .flatMap(block -> block.lines(keyword).stream())
        .map(line -> line.keyword().text());
  }

  /**
   * The blocks among {@code defined} that are used.
   *
   * @param idle what the others are, and what follows: {@code script, so it is not run}
   */
  Map<String, Section> used(Stream<Section> defined, String idle, Consumer<Diagnostic> problems) {
    Map<String, Section> used = new LinkedHashMap<>();
    defined.forEach(
        block -> {
          if (users.contains(block.name())) {
            used.putIfAbsent(block.name(), block);
          } else {
            problems.accept(
                Diagnostic.warning(
                    block.position(),
                    "%s: nobody tracks this %s".formatted(block.header().keyword().text(), idle)));
          }
        });
    return used;
  }
}
