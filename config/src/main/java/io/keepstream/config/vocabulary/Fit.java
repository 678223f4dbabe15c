package io.keepstream.config.vocabulary;

/**
 * How a word fits where a value is expected.
 *
 * @param verdict whether it does
 * @param remark how it is taken although it does not quite fit, or what is wrong with it beyond
 *     being something else; may be empty
 */
public record Fit(Verdict verdict, String remark) {
  /** It is such a value. */
  public static final Fit GOOD = new Fit(Verdict.GOOD, "");

  /** It is none. */
  public static final Fit BAD = bad("");

  /** Whether a word fits. */
  public enum Verdict {
    GOOD,
    /** It is taken, but not as it stands. */
    DOUBTFUL,
    BAD
  }

  /** {@link #GOOD} or {@link #BAD}. */
  public static Fit of(boolean good) {
    return good ? GOOD : BAD;
  }

  /** It is taken, in the way {@code remark} says. */
  public static Fit doubtful(String remark) {
    return new Fit(Verdict.DOUBTFUL, remark);
  }

  /** It cannot be taken, because of {@code reason}. */
  public static Fit bad(String reason) {
    return new Fit(Verdict.BAD, reason);
  }

  /** Whether it cannot be taken. */
  public boolean isBad() {
    return verdict == Verdict.BAD;
  }
}
