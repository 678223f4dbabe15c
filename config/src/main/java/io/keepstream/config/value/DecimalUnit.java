package io.keepstream.config.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
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
      Pattern.compile("\\s*([0-9]{1,9}(\\.[0-9]{0,18})?|\\.[0-9]{1,18})");

  private final String label;
  private final BigDecimal unitNanos;
  private final int decimals;

  DecimalUnit(String label, long unitNanos, int decimals) {
    this.label = label;
    this.unitNanos = BigDecimal.valueOf(unitNanos);
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
    if (!DECIMAL.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(text.strip());
    long nanos =
        value.setScale(decimals, RoundingMode.HALF_UP).multiply(unitNanos).longValueExact();
    return Optional.of(new Time(nanos, value.scale() > decimals));
  }

  /** The unit's name. */
  public String label() {
    return label;
  }

  /** How many decimals count. */
  public int decimals() {
    return decimals;
  }

  /** The nanoseconds of {@code value}, which is given in this unit. */
  public long nanos(String value) {
    return new BigDecimal(value).multiply(unitNanos).longValueExact();
  }
}
