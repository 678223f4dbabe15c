package io.keepstream.election.machine;

/**
 * How a virtual router meets others that do not behave as they should, or of whom it cannot know.
 *
 * @param lastWord whether a MASTER that took over from silence sends one last advert when it
 *     yields, so that the winner, who may never have heard of it, announces again
 * @param ownerIgnoresAdverts whether an address owner discards all adverts ({@code
 *     owner_ignore_adverts}, as RFC 3768 and RFC 5798 have it)
 * @param longestIntervalNanos the longest interval of a MASTER that is believed at once
 */
public record Precautions(
    boolean lastWord, boolean ownerIgnoresAdverts, long longestIntervalNanos) {
  private static final int BELIEVED_TIMES = 10;

  /** What holds unless something else is configured. */
  public static Precautions usual(long advertIntervalNanos) {
    return new Precautions(true, false, longestIntervalNanos(advertIntervalNanos));
  }

  /**
   * Ten of our own intervals: so a forged advert keeps addresses dark for at most ten times as long
   * as a takeover takes anyway.
   */
  public static long longestIntervalNanos(long advertIntervalNanos) {
    return BELIEVED_TIMES * advertIntervalNanos;
  }
}
