package io.keepstream.election.config;

import io.keepstream.election.vrrp.Authentication;
import io.keepstream.election.vrrp.ChecksumForm;
import java.net.InetAddress;
import java.util.List;

/**
 * How a virtual router speaks and whom it believes.
 *
 * @param version 2 or 3
 * @param vrid virtual router id, 1-255
 * @param intervalCentis the advertised interval
 * @param authentication for version 2
 * @param forms checksum forms accepted; the first one is sent
 * @param group the multicast group; also set with unicast peers, unused then
 * @param source the configured source address, or null for the interface's own
 * @param peers unicast peers; empty for multicast
 * @param unicastHopLimit TTL or hop limit towards unicast peers
 * @param checkPeers whether only peers are believed
 */
public record WireConfig(
    int version,
    int vrid,
    int intervalCentis,
    Authentication authentication,
    List<ChecksumForm> forms,
    InetAddress group,
    InetAddress source,
    List<InetAddress> peers,
    int unicastHopLimit,
    boolean checkPeers) {
  public WireConfig {
    forms = List.copyOf(forms);
    peers = List.copyOf(peers);
  }

  /** Whether adverts go to each peer instead of the group. */
  public boolean unicast() {
    return !peers.isEmpty();
  }
}
