package io.keepstream.election.config;

import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.any;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.matching;
import static io.keepstream.config.vocabulary.Params.multicast4;
import static io.keepstream.config.vocabulary.Params.multicast6;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.seconds;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;
import static io.keepstream.config.vocabulary.Status.accepted;

import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Status;
import java.util.List;

/** The words of {@code global_defs} about virtual routers. */
final class GlobalVrrpWords {
  private static final Status NFTABLES = accepted("an nftables table of its own does this");

  private static final Block GLOBAL =
      block(
          "global_defs",
          word("dynamic_interfaces", ACTS, optional(oneOf("allow_if_changes")))
              .means("Accept interfaces that do not exist yet, or come back changed"),
          word("default_interface", ACTS, interfaceName())
              .means("Interface for static and virtual addresses that name none"),
          word("vrrp_vip_lease", ACTS, integer(0, 86400)).means("Default of vip_lease"),
          word("disable_local_igmp", ACTS)
              .means("Turn off IGMP reports for 224.0.0.0/24 in the kernel"),
          word("v3_checksum_as_v2", ACTS)
              .means("Leave the pseudo header out of the VRRPv3 IPv4 checksum"),
          word("vrrp_mcast_group4", ACTS, multicast4())
              .means("Default destination of IPv4 adverts"),
          word("vrrp_mcast_group6", ACTS, multicast6())
              .means("Default destination of IPv6 adverts"),
          word("vrrp_garp_master_delay", ACTS, integer(0, 4294))
              .means("Wait before the second gratuitous ARP/NA burst after becoming master"),
          word("vrrp_garp_master_repeat", ACTS, integer(0, UNSIGNED))
              .means("Gratuitous ARP/NA messages per burst after becoming master"),
          word("vrrp_garp_master_refresh", ACTS, integer(0, UNSIGNED))
              .means("Period for repeating gratuitous ARP/NA while master"),
          word("vrrp_garp_master_refresh_repeat", ACTS, integer(0, UNSIGNED))
              .means("Messages per periodic refresh"),
          word("vrrp_garp_lower_prio_delay", ACTS, integer(0, 4294))
              .means("Wait before the second burst after seeing a lower priority master"),
          word("vrrp_garp_lower_prio_repeat", ACTS, integer(0, Integer.MAX_VALUE))
              .means("Messages per burst after seeing a lower priority master, 0 = none"),
          word("vrrp_down_timer_adverts", ACTS, integer(1, 100))
              .means("Default number of missed adverts before a backup takes over"),
          word("vrrp_garp_interval", ACTS, seconds("0.000001", "4294.967295"))
              .means("Minimum gap between gratuitous ARPs on one interface"),
          word("vrrp_gna_interval", ACTS, seconds("0.000001", "4294.967295"))
              .means("Minimum gap between unsolicited NAs on one interface"),
          word("vrrp_min_garp", ACTS, bool())
              .means("Send a single gratuitous ARP/NA with no second burst and no refresh"),
          word("vrrp_garp_extra_if", ACTS, optional(oneOf("all")), integer(1, 86400))
              .means("Refresh GARP/NA on other interfaces with VIPs; without all, on VMACs only"),
          word("vrrp_vmac_garp_intvl", ACTS, optional(oneOf("all")), integer(1, 86400))
              .deprecated("vrrp_garp_extra_if")
              .means("The same under its former name"),
          word("vrrp_lower_prio_no_advert", ACTS, bool())
              .means("Do not answer a lower priority advert with an immediate advert"),
          word("vrrp_higher_prio_send_advert", ACTS, bool())
              .means("Send one last advert before yielding to a higher priority master"),
          word("vrrp_version", ACTS, integer(2, 3))
              .means("Protocol version of IPv4 instances that set none; IPv6 uses 3"),
          word(
                  "vrrp_iptables",
                  NFTABLES,
                  optional(text("input chain", 27)),
                  optional(text("output chain", 27)))
              .means("Use iptables chains for no_accept and VMAC filtering"),
          word("vrrp_ipsets", NFTABLES, any(text("set name", 30)))
              .means("Names of the ipsets used with vrrp_iptables"),
          word("nftables", ACTS, optional(text("table")))
              .firstWins()
              .means("Use an nftables table for no_accept and VMAC filtering"),
          word("nftables_priority", ACTS, integer(Integer.MIN_VALUE, Integer.MAX_VALUE))
              .means("Priority of the nftables base chains"),
          word("nftables_ifindex", accepted("interfaces are told apart by index anyway"))
              .means("Key link-local sets by interface index instead of name"),
          word("vrrp_check_unicast_src", ACTS)
              .means("Default: drop unicast adverts whose source is no configured peer"),
          word("vrrp_skip_check_adv_addr", ACTS, bool())
              .means("Default: skip the VIP comparison for adverts from the known master"),
          word("vrrp_strict", ACTS, bool())
              .means("Default: enforce RFC behaviour and reject keepalived extensions"),
          word("nftables_counters", ACTS).means("Add counters to generated nftables rules"),
          word(
                  "vrrp_rx_bufs_policy",
                  ACTS,
                  matching("bytes, MTU or ADVERT", "(?i)mtu|advert|[0-9]+"))
              .many()
              .means("How the VRRP socket receive buffer is sized"),
          word("vrrp_rx_bufs_multiplier", ACTS, integer(1, UNSIGNED))
              .means("Packets of buffer per instance for the MTU and ADVERT policies"),
          word("vrrp_startup_delay", ACTS, seconds("0.001", "4294.967295"))
              .means("Hold all instances after start; adverts are ignored, timers shifted"),
          word("vrrp_delay_after_boot", ACTS, seconds("0.001", "4294.967295"))
              .means("Hold instances until the machine has been up this long"),
          word("log_unknown_vrids", ACTS).means("Log adverts whose VRID is not configured"),
          word("vrrp_owner_ignore_adverts", ACTS, bool())
              .means("Default for instances: an address owner ignores other adverts"),
          word("vmac_prefix", ACTS, text("text"))
              .firstWins()
              .means("Name prefix of generated VMAC interfaces"),
          word("vmac_addr_prefix", ACTS, text("text"))
              .firstWins()
              .means("Name prefix of VMACs created for VIPs on other interfaces"));

  private GlobalVrrpWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(GLOBAL);
  }
}
