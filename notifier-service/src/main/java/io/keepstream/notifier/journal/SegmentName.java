package io.keepstream.notifier.journal;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of segments. */
public final class SegmentName {
  private static final Pattern FORM = Pattern.compile("([0-9]{20})\\.journal");

  private SegmentName() {}

  /** The file whose first record is {@code number}. */
  public static String of(long number) {
    return "%020d.journal".formatted(number);
  }

  /** The number of the first record; empty for any other file. */
  public static OptionalLong first(String fileName) {
    Matcher matcher = FORM.matcher(fileName);
    try {
      return matcher.matches()
          ? OptionalLong.of(Long.parseLong(matcher.group(1)))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
