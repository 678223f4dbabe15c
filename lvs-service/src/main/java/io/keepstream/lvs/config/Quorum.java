package io.keepstream.lvs.config;

/**
 * How much weight must be alive for a virtual server to serve.
 *
 * @param weight the quorum, not above the configured weight of all real servers
 * @param hysteresis what is needed on top to gain it and tolerated below before it is lost; less
 *     than the quorum
 */
public record Quorum(long weight, long hysteresis) {

  /** The quorum that {@code total} weight allows, as keepalived cuts it. */
  public static Quorum within(long total, long weight, long hysteresis) {
    long possible = Math.min(weight, total);
    return new Quorum(possible, Math.clamp(hysteresis, 0, Math.max(possible - 1, 0)));
  }

  /** Whether quorum holds with {@code live} weight, given whether it {@code held} before. */
  public boolean holds(long live, boolean held) {
    return live > 0 && live >= (held ? weight - hysteresis : weight + hysteresis);
  }
}
