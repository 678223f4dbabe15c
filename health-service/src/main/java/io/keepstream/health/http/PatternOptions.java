package io.keepstream.health.http;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Options of a pattern by their names in PCRE2: those that mean something to Java's engine. The
 * others either cannot be had, or change how PCRE2 works and not what matches.
 */
public record PatternOptions(Set<Option> options) {
  /** What can be set. */
  public enum Option {
    CASELESS,
    DOTALL,
    EXTENDED,
    FIRSTLINE,
    MULTILINE,
    UCP,
    UTF
  }

  /** None set. */
  public static final PatternOptions NONE = new PatternOptions(Set.of());

  private static final Map<String, String> IMPOSSIBLE =
      Map.of(
          "allow_empty_class", "an empty class is refused",
          "alt_bsux", "\\u and \\x keep their meaning",
          "alt_circumflex", "^ does not match after a last newline",
          "dollar_endonly", "$ matches before a last newline too; \\z does not",
          "dupnames", "a name can be given once",
          "match_unset_backref", "a reference to a group without match does not match",
          "ungreedy", "each quantifier has to be made reluctant with ?");

  public PatternOptions {
    options = Set.copyOf(options);
  }

  /** Those of {@code words} that can be set. */
  public static PatternOptions of(Collection<String> words) {
    Set<Option> set = EnumSet.noneOf(Option.class);
    for (Option option : Option.values()) {
      if (words.contains(option.name().toLowerCase(Locale.ROOT))) {
        set.add(option);
      }
    }
    return new PatternOptions(set);
  }

  /** What happens instead of what {@code word} asks for; empty if it is heeded. */
  public static Optional<String> obstacle(String word) {
    return Optional.ofNullable(IMPOSSIBLE.get(word));
  }

  boolean utf() {
    return options.contains(Option.UTF);
  }

  boolean extended() {
    return options.contains(Option.EXTENDED);
  }

  boolean firstLine() {
    return options.contains(Option.FIRSTLINE);
  }

  /** For Java's engine; only a newline ends a line, as is PCRE2's default. */
  int flags() {
    int flags = Pattern.UNIX_LINES;
    for (Option option : options) {
      flags |=
          switch (option) {
            case CASELESS ->
                utf() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : Pattern.CASE_INSENSITIVE;
            case DOTALL -> Pattern.DOTALL;
            case EXTENDED -> Pattern.COMMENTS;
            case MULTILINE -> Pattern.MULTILINE;
            case UCP -> Pattern.UNICODE_CHARACTER_CLASS;
            case FIRSTLINE, UTF -> 0;
          };
    }
    return flags;
  }
}
