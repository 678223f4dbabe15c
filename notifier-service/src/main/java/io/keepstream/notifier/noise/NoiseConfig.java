package io.keepstream.notifier.noise;

import java.util.Optional;

/**
 * What a node says of noise.
 *
 * @param damping when a subject flaps; empty to take no notice
 * @param remindNanos how long trouble lasts until it is said again; {@link Long#MAX_VALUE} for
 *     never
 */
public record NoiseConfig(Optional<Damping> damping, long remindNanos) {
  /** Nothing is said. */
  public static final NoiseConfig NONE = new NoiseConfig(Optional.empty(), Long.MAX_VALUE);

  /**
   * When a subject flaps. Each change counts {@link #CHANGE}.
   *
   * @param suppress it flaps when its penalty reaches this
   * @param reuse it does no longer when its penalty is below this; less than {@code suppress}
   * @param halfLifeNanos in which a penalty halves
   */
  public record Damping(long suppress, long reuse, long halfLifeNanos) {
    /** The penalty of one change. */
    public static final double CHANGE = 1000;

    /**
     * No penalty grows beyond what decays to {@link #reuse} in this many half-lives, so that even
     * the worst is heard of again in a foreseeable time.
     */
    private static final int MOST_HALF_LIVES = 4;

    double decayed(double penalty, long elapsedNanos) {
      return penalty * Math.pow(0.5, (double) elapsedNanos / halfLifeNanos);
    }

    double most() {
      return Math.max((double) suppress, reuse * Math.pow(2, MOST_HALF_LIVES));
    }

    /** The time until {@code penalty} is below {@link #reuse}; 0 if it is. */
    long untilReuseNanos(double penalty) {
      double halfLives = Math.log(penalty / reuse) / Math.log(2);
      return halfLives < 0 ? 0 : (long) Math.ceil(halfLives * halfLifeNanos) + 1;
    }
  }
}
