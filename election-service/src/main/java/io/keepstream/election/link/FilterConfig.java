package io.keepstream.election.link;

/**
 * The packet filter tables of ours, one for IPv4 and one for IPv6.
 *
 * @param table their name
 * @param priority of their chains
 * @param counters whether rules count what they drop
 */
public record FilterConfig(String table, int priority, boolean counters) {
  /** As keepalived names and places it. */
  public static final FilterConfig DEFAULT = new FilterConfig("keepalived", -1, false);
}
