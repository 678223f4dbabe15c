package io.keepstream.lvs.edge;

/**
 * How often things are looked at.
 *
 * @param sweepMillis from one reading of the whole table to the next
 * @param lookAgainMillis from one attempt to find a table to the next
 * @param healthMillis how long health-service has to answer
 */
record Pace(long sweepMillis, long lookAgainMillis, long healthMillis) {
  static final Pace DEFAULT = new Pace(5_000, 30_000, 1_000);
}
