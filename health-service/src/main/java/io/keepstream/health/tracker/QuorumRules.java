package io.keepstream.health.tracker;

/**
 * How many processes have to run, and how long another number is watched before it counts.
 *
 * @param least how many at least
 * @param most how many at most, {@link #UNLIMITED} for any number
 * @param forkDelayNanos grace time after there came to be more
 * @param terminateDelayNanos grace time after there came to be fewer
 */
public record QuorumRules(int least, int most, long forkDelayNanos, long terminateDelayNanos) {
  /** No upper limit. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  public QuorumRules {
    if (least < 0 || most < least || forkDelayNanos < 0 || terminateDelayNanos < 0) {
      throw new IllegalArgumentException(
          "quorum %d..%d, delays %d %d"
              .formatted(least, most, forkDelayNanos, terminateDelayNanos));
    }
  }

  /** Whether {@code count} is a right number of processes. */
  public boolean met(int count) {
    return count >= least && count <= most;
  }

  /** The count beside what is wanted, in words. */
  public String describe(int count) {
    String wanted =
        most == UNLIMITED ? "at least " + least : most == 0 ? "none" : least + " to " + most;
    return "%d running, %s wanted".formatted(count, wanted);
  }
}
