package io.keepstream.contract.value;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Durations for people: as exact as they are short. */
public final class Durations {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Durations() {}

  /** As in {@code 3.609 s}, {@code 42 s}, {@code 2 h 5 min}. */
  public static String text(long nanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return "%d min %d s".formatted(seconds / MINUTE, seconds % MINUTE);
    }
    return seconds < DAY
        ? "%d h %d min".formatted(seconds / HOUR, seconds % HOUR / MINUTE)
        : "%d d %d h".formatted(seconds / DAY, seconds % DAY / HOUR);
  }
}
