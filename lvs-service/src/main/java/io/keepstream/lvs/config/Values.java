package io.keepstream.lvs.config;

import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Numbers;
import io.keepstream.lvs.ipvs.Family;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Values of several words. */
final class Values {
  private static final long MAX_PORT = 65535;

  private Values() {}

  /** A port; 0 where there is none. */
  static int port(String word) {
    long port = Numbers.integer(word).orElse(0);
    return port >= 0 && port <= MAX_PORT ? (int) port : 0;
  }

  /** {@code inet} or {@code inet6}. */
  static Optional<Family> family(String word) {
    return switch (word) {
      case "inet" -> Optional.of(Family.IPV4);
      case "inet6" -> Optional.of(Family.IPV6);
      default -> Optional.empty();
    };
  }

  /** The number behind {@code option} in a line. */
  static OptionalLong option(Statement line, String option) {
    return optionText(line, option).map(Numbers::integer).orElseGet(OptionalLong::empty);
  }

  /** The word behind {@code option} in a line. */
  static Optional<String> optionText(Statement line, String option) {
    for (int i = 0; i + 1 < line.arguments().size(); i++) {
      if (line.argument(i).equals(option)) {
        return Optional.of(line.argument(i + 1));
      }
    }
    return Optional.empty();
  }

  /** The last line of any of {@code keywords}, which mean the same. */
  static Optional<Statement> last(Section section, String... keywords) {
    List<String> same = List.of(keywords);
    return section.statements().reversed().stream()
        .filter(line -> same.contains(line.keyword().text()))
        .findFirst();
  }
}
