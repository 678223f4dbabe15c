package io.keepstream.health.verdict;

/**
 * A verdict, and what speaks against it so far.
 *
 * @param verdict the verdict in force
 * @param against how many results in a row contradicted it
 */
public record Standing(Verdict verdict, int against) {

  /** A verdict that nothing speaks against. */
  public static Standing of(Verdict verdict) {
    return new Standing(verdict, 0);
  }

  /**
   * The standing after one more result: the first decides alone, then rise and fall count. A result
   * that says nothing about the target changes nothing.
   */
  Standing after(CheckResult result, Counting counting) {
    boolean succeeded = result.succeeded();
    if (!succeeded && !result.failure().conclusive()) {
      return this;
    }
    Verdict shown = succeeded ? Verdict.GOOD : Verdict.FAILED;
    if (shown == verdict) {
      return of(verdict);
    }
    int needed = succeeded ? counting.rise() : counting.fall();
    return !verdict.known() || against + 1 >= needed
        ? of(shown)
        : new Standing(verdict, against + 1);
  }
}
