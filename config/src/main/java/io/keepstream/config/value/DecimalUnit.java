package io.keepstream.config.value;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a decimal number stands for a time: its unit and how many decimals count. */
public enum DecimalUnit {
  /** Seconds in steps of a microsecond, the usual case. */
  SECONDS("seconds", 1_000_000_000L, 6),
  /** Seconds in steps of a millisecond. */
  SECONDS_TO_MILLIS("seconds", 1_000_000_000L, 3),
  /** Milliseconds in steps of a microsecond. */
  MILLISECONDS("milliseconds", 1_000_000L, 3);

  private static final Pattern DECIMAL =
      Pattern.compile("\\s*(?=\\.?[0-9])([0-9]{0,9})(?:\\.([0-9]{0,18}))?");

  private final String label;
  private final long stepNanos;
  private final int decimals;

  DecimalUnit(String label, long unitNanos, int decimals) {
    this.label = label;
    this.stepNanos = unitNanos / Math.powExact(10L, decimals);
    this.decimals = decimals;
  }

  /**
   * A time as read.
   *
   * @param nanos rounded half up to the unit's step
   * @param rounded whether there were more decimals than count
   */
  public record Time(long nanos, boolean rounded) {}

  /** Reads digits with an optional fraction; no sign, no exponent. */
  public Optional<Time> read(String text) {
    Matcher number = DECIMAL.matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    String fraction = number.group(2) == null ? "" : number.group(2);
    String counting = (fraction + "0".repeat(decimals)).substring(0, decimals);
    boolean rounded = fraction.length() > decimals;
    long steps = Long.parseLong(number.group(1) + counting);
    if (rounded && fraction.charAt(decimals) >= '5') {
      steps++;
    }
    return Optional.of(new Time(steps * stepNanos, rounded));
  }

  /** The unit's name. */
  public String label() {
    return label;
  }

  /** How many decimals count. */
  public int decimals() {
    return decimals;
  }

  /** The nanoseconds of {@code value}, which is a number of this unit. */
  public long nanos(String value) {
    return read(value).orElseThrow(() -> new IllegalArgumentException(value)).nanos();
  }
}
