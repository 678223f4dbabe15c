package io.keepstream.node.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What became of one question.
 *
 * @param level how bad it is
 * @param subject what was looked at
 * @param says what was found, in words
 * @param mend a command that mends it; none when nothing is to be mended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(Level level, String subject, String says, String mend) {
  /** How bad something is. */
  public enum Level {
    OK,
    /** It works, but not in every case or not for long. */
    WARN,
    /** It does not work like this. */
    FAIL
  }

  static Finding ok(String subject, String says) {
    return new Finding(Level.OK, subject, says, null);
  }

  static Finding warn(String subject, String says, String mend) {
    return new Finding(Level.WARN, subject, says, mend);
  }

  static Finding fail(String subject, String says, String mend) {
    return new Finding(Level.FAIL, subject, says, mend);
  }

  /** For people: a line, and a second one with the command. */
  public String text() {
    return "%-4s  %s: %s\n".formatted(level, subject, says)
        + Optional.ofNullable(mend).map("      mend: %s\n"::formatted).orElse("");
  }
}
