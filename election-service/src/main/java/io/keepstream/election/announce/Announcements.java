package io.keepstream.election.announce;

import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.InternetChecksum;
import io.keepstream.linux.wire.IpAddresses;
import io.keepstream.linux.wire.MacAddress;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * The Ethernet frames that tell a segment where an address lives: gratuitous ARP for IPv4,
 * unsolicited neighbour advertisement for IPv6 (RFC 9568 section 6.4.2, RFC 4861 section 4.4).
 */
public final class Announcements {
  /** The longest frame this class writes. */
  public static final int MAX_FRAME_BYTES = 86;

  private static final int ETHERNET_BYTES = 14;
  private static final int ETHERTYPE_ARP = 0x0806;
  private static final int ETHERTYPE_IPV6 = 0x86DD;
  private static final int ARP_BYTES = 28;
  private static final int IPV6_BYTES = 40;
  private static final int ADVERTISEMENT_BYTES = 32;
  private static final int ICMPV6 = 58;
  private static final int HOP_LIMIT = 255;
  private static final int NEIGHBOUR_ADVERTISEMENT = 136;
  private static final long ROUTER = 0x8000_0000L;
  private static final long OVERRIDE = 0x2000_0000L;
  private static final int TARGET_LINK_LAYER_ADDRESS = 2;
  private static final MacAddress ALL_NODES_MAC = MacAddress.parse("33:33:00:00:00:01");
  private static final InetAddress ALL_NODES = InetAddress.ofLiteral("ff02::1");

  private Announcements() {}

  /**
   * Writes the frame that announces {@code address} at {@code mac}.
   *
   * @param router whether the interface forwards; only IPv6 says so
   * @return the frame's length in bytes
   */
  public static int write(InetAddress address, MacAddress mac, boolean router, MemorySegment out) {
    return address instanceof Inet6Address
        ? neighbourAdvertisement(address, mac, router, out)
        : gratuitousArp(address, mac, out);
  }

  private static int gratuitousArp(InetAddress address, MacAddress mac, MemorySegment out) {
    ethernet(MacAddress.BROADCAST, mac, ETHERTYPE_ARP, out);
    MemorySegment arp = out.asSlice(ETHERNET_BYTES, ARP_BYTES);
    Bytes.putNetU16(arp, 0, 1); // hardware type Ethernet
    Bytes.putNetU16(arp, 2, 0x0800); // protocol type IPv4
    Bytes.putU8(arp, 4, MacAddress.LENGTH);
    Bytes.putU8(arp, 5, IpAddresses.IPV4_LENGTH);
    Bytes.putNetU16(arp, 6, 1); // request
    mac.write(arp, 8);
    IpAddresses.write(address, arp, 14);
    MacAddress.BROADCAST.write(arp, 18);
    IpAddresses.write(address, arp, 24);
    return ETHERNET_BYTES + ARP_BYTES;
  }

  private static int neighbourAdvertisement(
      InetAddress address, MacAddress mac, boolean router, MemorySegment out) {
    ethernet(ALL_NODES_MAC, mac, ETHERTYPE_IPV6, out);
    MemorySegment ip = out.asSlice(ETHERNET_BYTES, IPV6_BYTES);
    Bytes.putNetU32(ip, 0, 0x6000_0000L);
    Bytes.putNetU16(ip, 4, ADVERTISEMENT_BYTES);
    Bytes.putU8(ip, 6, ICMPV6);
    Bytes.putU8(ip, 7, HOP_LIMIT);
    IpAddresses.write(address, ip, 8);
    IpAddresses.write(ALL_NODES, ip, 24);

    MemorySegment icmp = out.asSlice(ETHERNET_BYTES + IPV6_BYTES, ADVERTISEMENT_BYTES);
    Bytes.putU8(icmp, 0, NEIGHBOUR_ADVERTISEMENT);
    Bytes.putU8(icmp, 1, 0);
    Bytes.putNetU16(icmp, 2, 0);
    Bytes.putNetU32(icmp, 4, router ? ROUTER | OVERRIDE : OVERRIDE);
    IpAddresses.write(address, icmp, 8);
    Bytes.putU8(icmp, 24, TARGET_LINK_LAYER_ADDRESS);
    Bytes.putU8(icmp, 25, 1); // option length in units of 8 bytes
    mac.write(icmp, 26);
    long sum = InternetChecksum.add(ICMPV6 + ADVERTISEMENT_BYTES, ip, 8, 32);
    Bytes.putNetU16(
        icmp, 2, InternetChecksum.finish(InternetChecksum.add(sum, icmp, 0, ADVERTISEMENT_BYTES)));
    return ETHERNET_BYTES + IPV6_BYTES + ADVERTISEMENT_BYTES;
  }

  private static void ethernet(
      MacAddress destination, MacAddress source, int type, MemorySegment out) {
    destination.write(out, 0);
    source.write(out, MacAddress.LENGTH);
    Bytes.putNetU16(out, 2 * MacAddress.LENGTH, type);
  }
}
