package io.keepstream.election.edge;

import io.keepstream.election.link.FilterConfig;
import io.keepstream.linux.nft.NfChain;
import io.keepstream.linux.nft.NfChain.Hook;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.linux.nft.NfSet;
import io.keepstream.linux.nft.NfSet.Part;
import io.keepstream.linux.nft.NfTable;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NfTables;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of our two tables. They never change; what they apply to is in sets.
 *
 * <ul>
 *   <li>What comes for a virtual address is dropped unless it is accepted, and so is what leaves
 *       from it; neighbour discovery always passes ({@code no_accept}).
 *   <li>Unicast frames to a virtual MAC are dropped while its router is not MASTER (RFC 9568
 *       section 6.4.2).
 *   <li>Reports of group membership of an interface with a virtual MAC go out from its base, so
 *       that switches do not learn the MAC of a router that is not MASTER; router solicitations and
 *       advertisements for the address borrowed from the base are dropped.
 * </ul>
 */
final class FilterRules {
  private static final int BEFORE_CONNECTION_TRACKING = -300;
  private static final int PACKET_FOR_US = 0;
  private static final int IGMP = 2;
  private static final int ICMPV6 = 58;
  private static final int ROUTER_SOLICITATION = 133;
  private static final int NEIGHBOUR_SOLICITATION = 135;
  private static final int NEIGHBOUR_ADVERTISEMENT = 136;
  private static final int LISTENER_REPORT = 143;
  private static final String PREROUTING = "pre";
  private static final String INPUT = "in";
  private static final String OUTPUT = "out";

  /** Which elements there are, by meaning. */
  enum Place {
    /** From an interface with a virtual MAC to its base. */
    VMACS_4(false, "vmacs"),
    VMACS_6(true, "vmacs"),
    /** Interfaces with a virtual MAC. */
    OWN_6(true, "vmac_set"),
    /** Interfaces with a virtual MAC whose router is not MASTER. */
    SILENT_4(false, "silent"),
    SILENT_6(true, "silent"),
    /** Virtual addresses that take no traffic. */
    VIPS_4(false, "vips"),
    VIPS_6(true, "vips"),
    VIPS_LINK_LOCAL(true, "vips_link_local"),
    /** Addresses of a base on an interface with a virtual MAC. */
    BORROWED(true, "borrowed");

    private final boolean ipv6;
    private final String set;

    Place(boolean ipv6, String set) {
      this.ipv6 = ipv6;
      this.set = set;
    }

    NfSet set() {
      return switch (this) {
        case VMACS_4, VMACS_6 -> new NfSet(set, List.of(Part.INTERFACE), new NfSet.Interfaces());
        case OWN_6, SILENT_4, SILENT_6 -> NfSet.of(set, Part.INTERFACE);
        case VIPS_4 -> NfSet.of(set, Part.IPV4_ADDRESS);
        case VIPS_6 -> NfSet.of(set, Part.IPV6_ADDRESS);
        case VIPS_LINK_LOCAL, BORROWED -> NfSet.of(set, Part.IPV6_ADDRESS, Part.INTERFACE);
      };
    }

    NfTable table(FilterConfig config) {
      return ipv6 ? ipv6(config) : ipv4(config);
    }
  }

  private final FilterConfig config;

  FilterRules(FilterConfig config) {
    this.config = config;
  }

  static NfTable ipv4(FilterConfig config) {
    return new NfTable(NfTables.NFPROTO_IPV4, config.table());
  }

  static NfTable ipv6(FilterConfig config) {
    return new NfTable(NfTables.NFPROTO_IPV6, config.table());
  }

  /** Makes both tables with empty sets, in place of any of the same name. */
  List<NetlinkMessage> build() {
    List<NetlinkMessage> messages = new ArrayList<>();
    for (NfTable table : List.of(ipv4(config), ipv6(config))) {
      messages.add(table.create());
      messages.add(table.delete());
      messages.add(table.create());
      messages.add(
          table.add(NfChain.filter(PREROUTING, Hook.PREROUTING, BEFORE_CONNECTION_TRACKING)));
      messages.add(table.add(NfChain.filter(INPUT, Hook.INPUT, config.priority())));
      messages.add(table.add(NfChain.filter(OUTPUT, Hook.OUTPUT, config.priority())));
    }
    for (Place place : Place.values()) {
      messages.add(place.table(config).add(place.set()));
    }
    addIpv4(messages, ipv4(config));
    addIpv6(messages, ipv6(config));
    return messages;
  }

  /**
   * Has reports of group membership leave from the base. They are for VMACs only and need a part of
   * the kernel that may not be there, so nothing else is to depend on them.
   */
  List<NetlinkMessage> reports() {
    return List.of(
        ipv4(config).firstRule(OUTPUT, fromBase(protocol(IGMP), Place.VMACS_4, 16, 4)),
        ipv6(config).firstRule(OUTPUT, fromBase(icmp(LISTENER_REPORT), Place.VMACS_6, 24, 16)));
  }

  /** Removes both tables. */
  static List<NetlinkMessage> remove(FilterConfig config) {
    return List.of(
        ipv4(config).create(), ipv4(config).delete(), ipv6(config).create(), ipv6(config).delete());
  }

  private void addIpv4(List<NetlinkMessage> messages, NfTable table) {
    messages.add(table.rule(PREROUTING, drop(onSilent(Place.SILENT_4))));
    messages.add(table.rule(OUTPUT, drop(header(12, 4).in(Place.VIPS_4.set()))));
    messages.add(table.rule(INPUT, drop(header(16, 4).in(Place.VIPS_4.set()))));
  }

  private void addIpv6(List<NetlinkMessage> messages, NfTable table) {
    messages.add(table.rule(PREROUTING, drop(onSilent(Place.SILENT_6))));
    messages.add(
        table.rule(
            OUTPUT,
            drop(
                icmp(ROUTER_SOLICITATION)
                    .meta(NfTables.NFT_META_OIF, NfTables.NFT_REG_1)
                    .in(Place.OWN_6.set()))));
    messages.add(
        table.rule(
            OUTPUT,
            drop(
                icmp(NEIGHBOUR_ADVERTISEMENT)
                    .transport(8, 16, NfTables.NFT_REG_1)
                    .meta(NfTables.NFT_META_OIF, NfTables.NFT_REG_2)
                    .in(Place.BORROWED.set()))));
    for (String chain : List.of(OUTPUT, INPUT)) {
      int offset = chain.equals(OUTPUT) ? 8 : 24;
      int device = chain.equals(OUTPUT) ? NfTables.NFT_META_OIF : NfTables.NFT_META_IIF;
      messages.add(
          table.rule(
              chain, icmp().between(NEIGHBOUR_SOLICITATION, NEIGHBOUR_ADVERTISEMENT).accept()));
      messages.add(
          table.rule(
              chain,
              drop(
                  header(offset, 16)
                      .meta(device, NfTables.NFT_REG_2)
                      .in(Place.VIPS_LINK_LOCAL.set()))));
      messages.add(table.rule(chain, drop(header(offset, 16).in(Place.VIPS_6.set()))));
    }
  }

  private NfRule drop(NfRule rule) {
    return rule.counted(config.counters()).drop();
  }

  private static NfRule onSilent(Place silent) {
    return new NfRule()
        .meta(NfTables.NFT_META_IIF, NfTables.NFT_REG_1)
        .in(silent.set())
        .meta(NfTables.NFT_META_PKTTYPE, NfTables.NFT_REG_1)
        .is(PACKET_FOR_US);
  }

  /** Sends what leaves through an interface with a virtual MAC through its base instead. */
  private NfRule fromBase(NfRule matching, Place vmacs, int destination, int length) {
    return matching
        .meta(NfTables.NFT_META_OIF, NfTables.NFT_REG_2)
        .through(vmacs.set())
        .network(destination, length, NfTables.NFT_REG_1)
        .counted(config.counters())
        .duplicate()
        .drop();
  }

  private static NfRule header(int offset, int length) {
    return new NfRule().network(offset, length, NfTables.NFT_REG_1);
  }

  private static NfRule protocol(int number) {
    return new NfRule().meta(NfTables.NFT_META_L4PROTO, NfTables.NFT_REG_1).is(number);
  }

  private static NfRule icmp() {
    return protocol(ICMPV6).transport(0, 1, NfTables.NFT_REG_1);
  }

  private static NfRule icmp(int type) {
    return icmp().is(type);
  }
}
