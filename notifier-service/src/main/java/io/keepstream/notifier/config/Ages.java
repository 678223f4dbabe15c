package io.keepstream.notifier.config;

import io.keepstream.config.vocabulary.Param;
import io.keepstream.config.vocabulary.Params;
import java.time.Duration;
import java.util.Optional;

/** Ages with a unit, as in {@code 30d}; seconds without. */
public final class Ages {
  /** Nine digits of days are beyond what anybody lives to see, and within what a long holds. */
  private static final String FORM = "[0-9]{1,9}[smhd]?";

  private Ages() {}

  /** How vocabularies describe them. */
  static Param param() {
    return Params.matching("age with s, m, h or d", FORM);
  }

  /** The age; empty for any other text. */
  public static Optional<Duration> read(String text) {
    if (!text.matches(FORM)) {
      return Optional.empty();
    }
    long seconds =
        switch (text.charAt(text.length() - 1)) {
          case 'm' -> 60;
          case 'h' -> 3_600;
          case 'd' -> 86_400;
          default -> 1;
        };
    return Optional.of(
        Duration.ofSeconds(Long.parseLong(text.replaceFirst("[smhd]$", "")) * seconds));
  }
}
