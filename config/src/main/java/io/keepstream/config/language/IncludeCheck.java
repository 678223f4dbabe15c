package io.keepstream.config.language;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The include problems that can be made errors. */
enum IncludeCheck {
  /** A match that is not a readable regular file without execute bits. */
  READ,
  /** No match of a name without wildcards. */
  MATCH,
  /** No match of a name with wildcards. */
  WILDCARD_MATCH,
  /** A brace alternative without a match. */
  BRACE_MATCH;

  /** The keyword that sets the checks from its place on. */
  static final String KEYWORD = "include_check";

  /** The checks that {@code include}, {@code includer}, ... demand; empty for other words. */
  static Optional<Set<IncludeCheck>> demandedBy(String keyword) {
    return switch (keyword) {
      case "include" -> Optional.of(Set.of());
      case "includer" -> Optional.of(Set.of(READ));
      case "includem" -> Optional.of(Set.of(READ, MATCH));
      case "includew" -> Optional.of(Set.of(READ, MATCH, WILDCARD_MATCH));
      case "includeb" -> Optional.of(Set.of(READ, BRACE_MATCH));
      case "includea" -> Optional.of(EnumSet.allOf(IncludeCheck.class));
      default -> Optional.empty();
    };
  }

  /** The level after a line {@code include_check [WORD] [+WORD|-WORD ...]}. */
  static Set<IncludeCheck> changed(Set<IncludeCheck> level, Stream<String> words) {
    Set<IncludeCheck> changed = EnumSet.noneOf(IncludeCheck.class);
    var iterator = words.iterator();
    if (!iterator.hasNext()) {
      return EnumSet.allOf(IncludeCheck.class);
    }
    changed.addAll(level);
    for (boolean first = true; iterator.hasNext(); first = false) {
      String word = iterator.next();
      boolean signed = word.startsWith("+") || word.startsWith("-");
      Optional<IncludeCheck> check = named(signed ? word.substring(1) : word);
      if (check.isEmpty()) {
        continue;
      }
      if (first && !signed) {
        changed.clear();
        changed.add(READ);
      }
      if (word.startsWith("-")) {
        changed.remove(check.get());
      } else {
        changed.add(check.get());
      }
    }
    return changed;
  }

  private static Optional<IncludeCheck> named(String word) {
    return Stream.of(values())
        .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(word))
        .findAny();
  }
}
