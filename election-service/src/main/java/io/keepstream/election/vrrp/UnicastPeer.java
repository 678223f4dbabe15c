package io.keepstream.election.vrrp;

import java.net.InetAddress;

/**
 * A router that adverts are exchanged with by unicast.
 *
 * @param address where it is
 * @param minHopLimit the least TTL or hop limit that its adverts may arrive with
 * @param maxHopLimit the greatest one
 */
public record UnicastPeer(InetAddress address, int minHopLimit, int maxHopLimit) {
  /** A peer as far away as it likes. */
  public static UnicastPeer at(InetAddress address) {
    return new UnicastPeer(address, 0, Vrrp.HOP_LIMIT);
  }

  boolean reachesWith(int hopLimit) {
    return hopLimit >= minHopLimit && hopLimit <= maxHopLimit;
  }
}
