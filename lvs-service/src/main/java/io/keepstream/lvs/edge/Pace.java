package io.keepstream.lvs.edge;

/**
 * How often things are looked at.
 *
 * @param sweepMillis from one reading of the whole table to the next
 * @param lookAgainMillis from one attempt to find a table to the next
 * @param healthMillis how long another service has to answer
 */
record Pace(long sweepMillis, long lookAgainMillis, long healthMillis) {
  static final Pace DEFAULT = new Pace(5_000, 10_000, 1_000);

  /** So that reading the largest table takes no more than this share of a processor. */
  private static final int LEAST_REST = 20;

  /** How long to wait after an attempt that took {@code tookMillis}. */
  long untilNextMillis(boolean unavailable, long tookMillis) {
    return unavailable ? lookAgainMillis : Math.max(sweepMillis, LEAST_REST * tookMillis);
  }
}
