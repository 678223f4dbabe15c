package io.keepstream.config;

import java.util.List;
import java.util.Optional;

/**
 * Who runs a script, as written: {@code USER [[:]GROUP]}.
 *
 * @param user null when none was given
 * @param group null when none was given
 * @param supplementaryGroups whether a leading colon asked for the user's other groups as well
 */
public record Identity(String user, String group, boolean supplementaryGroups) {
  /** No identity given. */
  public static final Identity NONE = new Identity(null, null, false);

  /** From the words behind a keyword, user first. */
  public static Identity of(List<Word> words) {
    if (words.isEmpty()) {
      return NONE;
    }
    Optional<String> group = words.size() > 1 ? Optional.of(words.get(1).text()) : Optional.empty();
    boolean supplementary = group.filter(g -> g.startsWith(":")).isPresent();
    return new Identity(
        words.getFirst().text(),
        group.map(g -> supplementary ? g.substring(1) : g).filter(g -> !g.isEmpty()).orElse(null),
        supplementary);
  }
}
