package io.keepstream.config.value;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers and truth values as the language writes them. */
public final class Numbers {
  private static final Pattern DECIMAL = Pattern.compile("\\s*[+-]?[0-9]{1,18}");
  private static final Pattern ANY_BASE =
      Pattern.compile("\\s*([+-]?)(0[xX][0-9a-fA-F]{1,15}|[0-9]{1,18})");

  private Numbers() {}

  /** A decimal whole number; trailing garbage makes it none. */
  public static OptionalLong integer(String text) {
    return DECIMAL.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text.strip()))
        : OptionalLong.empty();
  }

  /** A whole number in decimal, {@code 0x} hexadecimal or {@code 0} octal. */
  public static OptionalLong integerAnyBase(String text) {
    var matcher = ANY_BASE.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.decode(matcher.group(1) + matcher.group(2)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** {@code on true yes} or {@code off false no}, in lower case. */
  public static Optional<Boolean> bool(String text) {
    return switch (text) {
      case "on", "true", "yes" -> Optional.of(true);
      case "off", "false", "no" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
