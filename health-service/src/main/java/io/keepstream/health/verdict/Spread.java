package io.keepstream.health.verdict;

import java.util.random.RandomGenerator;

/**
 * Shares of a whole, one after the other, that lie evenly in it however many are taken: steps of
 * the golden ratio. Chance alone would leave gaps and heaps.
 */
public final class Spread {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private double share;

  /** Begins anywhere, so that several nodes do not go in step. */
  public Spread(RandomGenerator random) {
    share = random.nextDouble();
  }

  /** From 0 to less than 1. */
  public double next() {
    share = (share + GOLDEN) % 1;
    return share;
  }
}
