package io.keepstream.config.language;

import io.keepstream.config.Text;
import java.util.Optional;

/**
 * A use of a variable: {@code ${NAME}}, {@code ${NAME parameters}}, or {@code $NAME} before blank,
 * comma, closing parenthesis or the end.
 *
 * @param name without the dollar sign
 * @param parameters what stands behind the name inside the braces, trimmed
 * @param braced whether it has braces
 * @param start index of the dollar sign
 * @param end index behind it
 */
record Reference(String name, String parameters, boolean braced, int start, int end) {

  /** The reference that begins with the dollar sign at {@code start}, if it is one. */
  static Optional<Reference> at(Text text, int start) {
    boolean braced = start + 1 < text.length() && text.charAt(start + 1) == '{';
    int nameAt = braced ? start + 2 : start + 1;
    int nameEnd = endOfName(text, nameAt);
    if (nameEnd == nameAt) {
      return Optional.empty();
    }
    String name = text.subSequence(nameAt, nameEnd).toString();
    if (!braced) {
      boolean ends = nameEnd == text.length() || " \t,)".indexOf(text.charAt(nameEnd)) >= 0;
      return ends ? Optional.of(new Reference(name, "", false, start, nameEnd)) : Optional.empty();
    }
    int close = nameEnd;
    while (close < text.length() && isParameterCharacter(text.charAt(close))) {
      close++;
    }
    if (close == text.length() || text.charAt(close) != '}') {
      return Optional.empty();
    }
    String parameters = text.subSequence(nameEnd, close).trimmed().toString();
    return Optional.of(new Reference(name, parameters, true, start, close + 1));
  }

  /** Where the variable name that begins at {@code start} ends; {@code start} when none does. */
  static int endOfName(Text text, int start) {
    int end = start;
    while (end < text.length() && isNameCharacter(text.charAt(end), end == start)) {
      end++;
    }
    return end;
  }

  private static boolean isParameterCharacter(char c) {
    return Text.isBlank(c) || isNameCharacter(c, false);
  }

  private static boolean isNameCharacter(char c, boolean first) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (!first && c >= '0' && c <= '9');
  }
}
