package io.keepstream.health.verdict;

import java.util.HashMap;
import java.util.Map;

/**
 * What checks say about a real server's weight. Their shares add up, and with the configured weight
 * they are the weight it is to have.
 *
 * @param <C> what identifies a check
 * @param shares of the checks that have a say
 */
public record WeightShares<C>(Map<C, Integer> shares) {
  public WeightShares {
    shares = Map.copyOf(shares);
  }

  /** Nobody has a say. */
  public static <C> WeightShares<C> none() {
    return new WeightShares<>(Map.of());
  }

  /** With the latest share of one check. */
  public WeightShares<C> with(C check, int share) {
    Map<C, Integer> next = new HashMap<>(shares);
    next.put(check, share);
    return new WeightShares<>(next);
  }

  /** What the configured weight is to be changed by. */
  public int total() {
    long sum = shares.values().stream().mapToLong(Integer::longValue).sum();
    return Math.clamp(sum, -Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}
