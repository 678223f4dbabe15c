package io.keepstream.lvs.plan;

/**
 * What health-service says about a real server.
 *
 * @param up whether it is to get connections
 * @param weightAdjustment what its checks change its configured weight by
 */
public record Verdict(boolean up, int weightAdjustment) {
  public static final Verdict UP = new Verdict(true, 0);
  public static final Verdict DOWN = new Verdict(false, 0);

  /** The weight it is to have, at least 0. */
  int weight(int configured) {
    return Math.clamp((long) configured + weightAdjustment, 0, Integer.MAX_VALUE);
  }
}
