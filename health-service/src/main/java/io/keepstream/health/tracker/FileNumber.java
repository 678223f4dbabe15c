package io.keepstream.health.tracker;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tracked file says.
 *
 * @param number the number in it; 0 when there is none
 * @param flaw why there is none, in words; null when there is one
 * @param wrong whether that is a mistake of somebody's: a file may well be missing or empty
 */
public record FileNumber(int number, String flaw, boolean wrong) {
  /** How many bytes of a file count. */
  public static final int LIMIT_BYTES = 64;

  public static final FileNumber MISSING = new FileNumber(0, "no such file", false);
  public static final FileNumber EMPTY = new FileNumber(0, "the file is empty", false);

  private static final Pattern NUMBER =
      Pattern.compile("[\\s\\x00]*([+-]?[0-9]{1,18})([\\s\\x00].*)?", Pattern.DOTALL);
  private static final int SHOWN = 20;

  /** A file of which no number can be had. */
  public static FileNumber wrong(String flaw) {
    return new FileNumber(0, flaw, true);
  }

  /**
   * Reads the first word of a file as a decimal number, cut to 32 bits with sign.
   *
   * @param beginning at most {@link #LIMIT_BYTES} of the file
   */
  public static FileNumber of(byte[] beginning) {
    String text = new String(beginning, StandardCharsets.ISO_8859_1);
    if (text.isBlank()) {
      return EMPTY;
    }
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return wrong("`%s` is no number".formatted(shown(text)));
    }
    long value = Long.parseLong(number.group(1));
    return new FileNumber(Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE), null, false);
  }

  private static String shown(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    String printable = line.replaceAll("[^ -~]", "?");
    return printable.length() > SHOWN ? printable.substring(0, SHOWN) + "..." : printable;
  }
}
