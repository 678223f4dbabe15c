package io.keepstream.health.verdict;

/**
 * How results become a verdict.
 *
 * @param rise successes in a row that end a failure, at least 1
 * @param fall failures in a row that begin one, at least 1
 * @param startsFailed whether the check counts as failed until its first result
 */
public record Counting(int rise, int fall, boolean startsFailed) {
  public Counting {
    if (rise < 1 || fall < 1) {
      throw new IllegalArgumentException("rise %d, fall %d".formatted(rise, fall));
    }
  }
}
