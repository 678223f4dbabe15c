package io.keepstream.election.config;

import io.keepstream.election.vrrp.Authentication;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.Signing;
import io.keepstream.election.vrrp.UnicastPeer;
import java.net.InetAddress;
import java.util.List;

/**
 * How a virtual router speaks and whom it believes.
 *
 * @param version 2 or 3
 * @param vrid virtual router id, 1-255
 * @param intervalCentis the advertised interval
 * @param authentication for version 2
 * @param signing null without signed adverts
 * @param forms checksum forms accepted; the first one is sent
 * @param group the multicast group; also set with unicast peers, unused then
 * @param source the configured source address, or null for the interface's own
 * @param peers unicast peers; empty for multicast
 * @param unicastHopLimit TTL or hop limit towards unicast peers
 * @param listening what else concerns receiving
 */
public record WireConfig(
    int version,
    int vrid,
    int intervalCentis,
    Authentication authentication,
    Signing signing,
    List<ChecksumForm> forms,
    InetAddress group,
    InetAddress source,
    List<UnicastPeer> peers,
    int unicastHopLimit,
    Listening listening) {
  public WireConfig {
    forms = List.copyOf(forms);
    peers = List.copyOf(peers);
  }

  /**
   * What concerns receiving alone.
   *
   * @param checkPeers whether only unicast peers are believed
   * @param skipAddressCheck whether the known MASTER's address list goes unchecked
   * @param tellUnknownVrids whether adverts for nobody here are told
   * @param buffer room asked for in the socket's receive buffer
   */
  public record Listening(
      boolean checkPeers,
      boolean skipAddressCheck,
      boolean tellUnknownVrids,
      ReceiveBuffer buffer) {}

  /** Whether adverts go to each peer instead of the group. */
  public boolean unicast() {
    return !peers.isEmpty();
  }

  /** Where adverts go. */
  public List<InetAddress> destinations() {
    return unicast() ? peers.stream().map(UnicastPeer::address).toList() : List.of(group);
  }
}
