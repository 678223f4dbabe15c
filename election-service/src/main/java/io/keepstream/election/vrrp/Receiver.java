package io.keepstream.election.vrrp;

import java.net.InetAddress;
import java.util.List;

/**
 * What a virtual router believes.
 *
 * @param version 2 or 3; any other version is refused
 * @param vrid its virtual router id
 * @param intervalCentis its own interval, which version 2 demands of others
 * @param addresses its virtual addresses
 * @param authentication demanded in version 2
 * @param forms the checksum forms accepted, in the order they are tried
 * @param peers the unicast peers believed; empty for anybody
 */
public record Receiver(
    int version,
    int vrid,
    int intervalCentis,
    List<InetAddress> addresses,
    Authentication authentication,
    List<ChecksumForm> forms,
    List<UnicastPeer> peers) {
  public Receiver {
    addresses = List.copyOf(addresses);
    forms = List.copyOf(forms);
    peers = List.copyOf(peers);
  }

  /**
   * The receiver after it accepted an advert of {@code form}: a sender of the old unicast form is
   * an old keepalived, which is followed for good, as keepalived does.
   */
  public Receiver afterAccepting(ChecksumForm form) {
    return form == ChecksumForm.OLD_UNICAST && forms.size() > 1
        ? new Receiver(
            version, vrid, intervalCentis, addresses, authentication, List.of(form), peers)
        : this;
  }

  /** Why a sender is not believed wherever its packet comes from; null when it is. */
  RejectReason refuse(InetAddress source, int hopLimit) {
    if (source.isAnyLocalAddress() || source.isMulticastAddress()) {
      return RejectReason.SOURCE;
    }
    if (peers.isEmpty()) {
      return null;
    }
    for (UnicastPeer peer : peers) {
      if (peer.address().equals(source)) {
        return peer.reachesWith(hopLimit) ? null : RejectReason.IP_TTL;
      }
    }
    return RejectReason.SOURCE;
  }
}
