package io.keepstream.contract.event;

/**
 * The connections of a real server when the table was read last.
 *
 * @param active established, or counted so by the protocol
 * @param inactive all others
 * @param persistent templates that keep clients with it
 */
public record OpenConnections(long active, long inactive, long persistent) {

  /** In words, as in {@code 3 active, 1 inactive and 0 persistent connections}. */
  public String text() {
    return "%d active, %d inactive and %d persistent connections"
        .formatted(active, inactive, persistent);
  }
}
