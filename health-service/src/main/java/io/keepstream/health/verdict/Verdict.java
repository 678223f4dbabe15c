package io.keepstream.health.verdict;

/** What is thought of a check's target. */
public enum Verdict {
  /** Taken for good before the first result. */
  PRESUMED_GOOD,
  /** Taken for failed before the first result. */
  PRESUMED_FAILED,
  GOOD,
  FAILED;

  /** Whether a result stands behind it. */
  public boolean known() {
    return this == GOOD || this == FAILED;
  }

  /** Whether it keeps a real server down. */
  public boolean failed() {
    return this == FAILED || this == PRESUMED_FAILED;
  }

  /** The verdict to begin with. */
  public static Verdict presumed(boolean failed) {
    return failed ? PRESUMED_FAILED : PRESUMED_GOOD;
  }
}
