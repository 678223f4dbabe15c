package io.keepstream.lvs.ipvs;

/**
 * The connections a destination has at the moment.
 *
 * @param active established, or counted so by the protocol
 * @param inactive all others
 * @param persistent templates that keep clients with it
 */
public record Connections(long active, long inactive, long persistent) {

  /** These and {@code other} together. */
  public Connections plus(Connections other) {
    return new Connections(
        active + other.active, inactive + other.inactive, persistent + other.persistent);
  }
}
