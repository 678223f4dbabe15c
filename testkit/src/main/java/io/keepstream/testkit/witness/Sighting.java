package io.keepstream.testkit.witness;

import java.time.Instant;
import java.util.List;

/** A frame seen on the wire, decoded by tshark. */
public sealed interface Sighting {

  /** When the kernel saw it. */
  Instant at();

  /** The Ethernet source address. */
  String sourceMac();

  /**
   * A VRRP advertisement, version 2 or 3 (RFC 9568 section 5).
   *
   * @param source the IP source address
   * @param hopLimit TTL or hop limit
   * @param intervalCentis version 2 sends whole seconds; given in centiseconds all the same
   * @param checksumGood whether tshark finds the checksum right
   * @param addresses the virtual addresses, as many as the packet lists
   */
  record Advert(
      Instant at,
      String sourceMac,
      String source,
      String destination,
      int hopLimit,
      int version,
      int vrid,
      int priority,
      int intervalCentis,
      boolean checksumGood,
      List<String> addresses)
      implements Sighting {}

  /**
   * An ARP packet.
   *
   * @param operation 1 request, 2 reply
   * @param senderMac the address inside the packet, which may differ from the frame's
   */
  record Arp(
      Instant at, String sourceMac, int operation, String senderMac, String sender, String target)
      implements Sighting {

    /** Whether it announces its own address (RFC 5944 section 4.6). */
    public boolean isGratuitous() {
      return sender.equals(target);
    }
  }

  /**
   * An IPv6 neighbor advertisement (RFC 4861 section 4.4).
   *
   * @param target the address that is announced
   */
  record NeighborAdvertisement(
      Instant at,
      String sourceMac,
      String source,
      String target,
      boolean router,
      boolean solicited,
      boolean override)
      implements Sighting {}
}
