package io.keepstream.election.config;

import io.keepstream.election.bfd.SessionConfig;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * One {@code bfd_instance}.
 *
 * @param name the block's name
 * @param ends who talks to whom
 * @param session what the state machine needs
 * @param hopLimit TTL or hop limit of what is sent
 * @param leastHopLimit TTL or hop limit below which nothing is believed; 0 to believe all
 */
public record BfdConfig(
    String name, Ends ends, SessionConfig session, int hopLimit, int leastHopLimit) {

  /**
   * What makes it the same session for the neighbour.
   *
   * @param source our address, or null to let the kernel choose
   * @param multihop whether routers may be between, which makes it another port
   */
  public record Ends(InetAddress neighbor, InetAddress source, boolean multihop) {
    /** Whether packets go over IPv6. */
    public boolean ipv6() {
      return neighbor instanceof Inet6Address;
    }
  }
}
