package io.keepstream.contract.event;

/**
 * The connections of a real server when the table was read last.
 *
 * @param active established, or counted so by the protocol
 * @param inactive all others
 * @param persistent templates that keep clients with it
 */
public record OpenConnections(long active, long inactive, long persistent) {
  public static final OpenConnections NONE = new OpenConnections(0, 0, 0);

  /** Those of two real servers. */
  public OpenConnections plus(OpenConnections other) {
    return new OpenConnections(
        active + other.active, inactive + other.inactive, persistent + other.persistent);
  }

  /** All of them. */
  public long total() {
    return active + inactive + persistent;
  }

  /** In words, as in {@code 3 active, 1 inactive and 0 persistent connections}. */
  public String text() {
    return "%d active, %d inactive and %d persistent connections"
        .formatted(active, inactive, persistent);
  }
}
