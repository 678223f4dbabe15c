package io.keepstream.election.config;

import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Addresses;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Small readings that several blocks share. */
final class Words {
  private Words() {}

  /** All top-level blocks of a keyword as one, so that the last mention of a word counts. */
  static Section joined(Section root, String keyword) {
    List<Statement> body =
        root.blocks(keyword).stream().flatMap(block -> block.statements().stream()).toList();
    Statement header = root.header();
    return new Section(
        new Statement(header.keyword(), header.arguments(), header.line(), body, true));
  }

  /** The first argument of the first {@code keyword}, for words of which the first one counts. */
  static Optional<String> first(Section block, String keyword) {
    return block.all(keyword).stream()
        .findFirst()
        .filter(line -> !line.arguments().isEmpty())
        .map(line -> line.argument(0));
  }

  /** The address after {@code keyword}. */
  static Optional<InetAddress> address(Section block, String keyword) {
    return block.text(keyword).flatMap(Addresses::ip);
  }

  /** The word after {@code option} in a line of options. */
  static Optional<String> option(Statement line, String option) {
    List<String> words = line.words().stream().map(word -> word.text()).toList();
    int at = words.indexOf(option);
    return at >= 0 && at + 1 < words.size() ? Optional.of(words.get(at + 1)) : Optional.empty();
  }

  /** Whether {@code option} is among the words after the first. */
  static boolean hasOption(Statement line, String option) {
    return line.arguments().stream().anyMatch(word -> word.text().equals(option));
  }
}
