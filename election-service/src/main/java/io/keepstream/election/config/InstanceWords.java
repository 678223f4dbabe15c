package io.keepstream.election.config;

import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.cut;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.ip;
import static io.keepstream.config.vocabulary.Params.mac;
import static io.keepstream.config.vocabulary.Params.multicast;
import static io.keepstream.config.vocabulary.Params.nameOrInteger;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.prefix;
import static io.keepstream.config.vocabulary.Params.seconds;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;
import static io.keepstream.config.vocabulary.Status.NOT_YET;
import static io.keepstream.config.vocabulary.Status.accepted;
import static io.keepstream.election.config.ElectionWords.POLLING;

import io.keepstream.config.vocabulary.Arguments;
import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Keyword;
import java.util.List;

/** The words of {@code vrrp_instance} and its blocks. */
final class InstanceWords {
  private static final String ALWAYS_CAREFUL =
      "an instance that was stalled never acts before it has listened";
  private static final List<Keyword> VMAC_OPTIONS =
      List.of(
          word("name", ACTS, interfaceName())
              .means("Name of the interface; the word may be left out"),
          word("netlink_notify_msg", ACTS).means("Force a netlink message after the creation"),
          word("group", ACTS, nameOrInteger("group")).means("Interface group"));
  private static final List<Keyword> IPVLAN_OPTIONS =
      List.of(
          word("name", NOT_YET, interfaceName())
              .means("Name of the interface; the word may be left out"),
          word("bridge", NOT_YET).means("ipvlan mode"),
          word("private", NOT_YET).means("ipvlan mode"),
          word("vepa", NOT_YET).means("ipvlan mode"),
          word("group", NOT_YET, nameOrInteger("group")).means("Interface group"));
  private static final Arguments UNICAST_PEER =
      new Arguments.Plain(
          List.of(ip()),
          List.of(
              word("min_ttl", ACTS, integer(0, 255))
                  .means("Least TTL accepted; turns on check_unicast_src"),
              word("max_ttl", ACTS, integer(0, 255))
                  .means("Greatest TTL accepted; turns on check_unicast_src")));

  private static final Block INSTANCE =
      block(
          "vrrp_instance",
          word("use_vmac", ACTS, optional(mac()), optional(interfaceName()))
              .options(VMAC_OPTIONS)
              .means("Send adverts and host VIPs on a macvlan carrying the virtual MAC"),
          word("use_vmac_addr", ACTS)
              .means("Create VMACs also for VIPs living on other interfaces"),
          word("vmac_xmit_base", ACTS)
              .means("Send and receive adverts on the parent instead of the VMAC"),
          word("use_ipvlan", NOT_YET, optional(prefix()), optional(interfaceName()))
              .options(IPVLAN_OPTIONS)
              .means("Like use_vmac but with an L2 ipvlan interface"),
          word("unicast_peer", ACTS)
              .lines(UNICAST_PEER)
              .means("Send adverts to these addresses instead of multicast"),
          word("unicast_fault_no_peer", ACTS)
              .means("Stay in FAULT when unicast is configured without any peer"),
          word("check_unicast_src", ACTS)
              .means("Accept unicast adverts only from configured peers"),
          word("old_unicast_checksum", ACTS, optional(oneOf("never")))
              .means("Use, or never fall back to, the pre-1.3.7 VRRPv3 unicast checksum"),
          word("native_ipv6", ACTS)
              .deprecated("version 3 and IPv6 addresses")
              .means("Force family IPv6 and version 3"),
          word("state", ACTS, oneOf("MASTER", "BACKUP"))
              .means("Wanted start state; only priority 255 starts as master at once"),
          word("interface", ACTS, interfaceName()).means("Interface carrying the adverts"),
          word("vrf", NOT_YET, interfaceName()).means("VRF in which to exchange adverts"),
          word("dont_track_primary", ACTS)
              .means("Ignore link state of the instance's own interface"),
          word("track_interface", ACTS)
              .lines(TrackLines.INTERFACE)
              .means("Extra interfaces to follow"),
          word("track_script", ACTS).lines(TrackLines.SCRIPT).means("Scripts to follow"),
          word("track_file", ACTS).lines(TrackLines.FILE).means("Files to follow"),
          word("track_process", ACTS).lines(TrackLines.PROCESS).means("Processes to follow"),
          word("track_bfd", ACTS).lines(TrackLines.BFD).means("BFD sessions to follow"),
          word("mcast_src_ip", ACTS, ip())
              .means("Source address of adverts (same slot as unicast_src_ip)"),
          word("unicast_src_ip", ACTS, ip()).means("Source address of unicast adverts"),
          word("mcast_dst_ip", ACTS, multicast()).means("Multicast group of this instance"),
          word("track_src_ip", ACTS).means("FAULT while the configured source address is missing"),
          word("virtual_router_id", ACTS, integer(1, 255)).required().means("VRID"),
          word("unicast_ttl", ACTS, integer(0, 255))
              .means("TTL or hop limit of sent unicast adverts"),
          word("version", ACTS, integer(2, 3)).means("Protocol version"),
          word("priority", ACTS, integer(1, 255))
              .means("Base election priority, 255 = address owner"),
          word("advert_int", ACTS, seconds("0.01", "255")).means("Advert period"),
          word("max_advert_int", ACTS, seconds("0.01", "255"))
              .means("Longest advert period of a master that is believed at once"),
          word("virtual_ipaddress", ACTS)
              .lines(AddressLines.VIRTUAL)
              .means("VIPs announced in adverts"),
          word("virtual_ipaddress_excluded", ACTS)
              .lines(AddressLines.VIRTUAL)
              .means("VIPs moved with the instance but not announced"),
          word("vip_lease", ACTS, integer(0, 86400))
              .means("Seconds after which the kernel removes VIPs that are not renewed, 0 = never"),
          word("no_virtual_ipaddress", ACTS)
              .means("Allow an instance without VIPs even in version 3"),
          word("promote_secondaries", ACTS)
              .means("Set the kernel flag of that name on the interface"),
          word("linkbeat_use_polling", POLLING)
              .deprecated("linkbeat_interfaces")
              .means("Poll the link state"),
          word("v3_checksum_as_v2", ACTS, bool())
              .means("Leave the pseudo header out of the VRRPv3 IPv4 checksum"),
          word("v3_checksum", ACTS, oneOf("auto", "pseudo-header", "message-only"))
              .means("Form of the VRRPv3 IPv4 checksum; auto accepts either (not in keepalived)"),
          word("virtual_routes", ACTS)
              .lines(RouteLines.VIRTUAL)
              .means("Routes present only while master"),
          word("virtual_rules", ACTS)
              .lines(RuleLines.VIRTUAL)
              .means("Policy rules present only while master"),
          word("accept", ACTS).means("Let the host answer on the VIPs"),
          word("no_accept", ACTS).means("Drop traffic addressed to the VIPs unless address owner"),
          word("skip_check_adv_addr", ACTS, bool())
              .means("Skip the VIP list comparison for adverts from the known master"),
          word("strict_mode", ACTS, bool()).means("Enforce RFC behaviour for this instance"),
          word("preempt", ACTS).means("Undo nopreempt (compatibility)"),
          word("nopreempt", ACTS).means("Do not displace a lower priority master"),
          word("preempt_delay", ACTS, seconds("0", "1000"))
              .means("Wait this long with a lower priority master before taking over"),
          word("debug", accepted("it has none in keepalived either"), integer(0, 4))
              .means("Debug level"),
          word("down_timer_adverts", ACTS, integer(1, 100))
              .means("Missed adverts before a backup takes over"),
          word("timer_expired_backup", accepted(ALWAYS_CAREFUL), optional(integer(1, 254)))
              .means("Step down after a stall long enough for a peer of this priority"),
          word("thread_timer_expired", accepted(ALWAYS_CAREFUL), optional(integer(1, 254)))
              .deprecated("timer_expired_backup")
              .means("The same under its former name"),
          word("vmac_garp_intvl", ACTS, optional(oneOf("all")), integer(0, 86400))
              .deprecated("garp_extra_if")
              .means("The same under its former name"),
          word("lower_prio_no_advert", ACTS, bool()).means("Do not answer a lower priority advert"),
          word("higher_prio_send_advert", ACTS, bool())
              .means("Send one last advert before yielding"),
          word("owner_ignore_adverts", ACTS, bool()).means("Address owner ignores other adverts"),
          word("kernel_rx_buf_size", ACTS, integer(0, UNSIGNED))
              .means("Contribution of this instance to the socket receive buffer"),
          word("authentication", ACTS).block().means("Legacy VRRPv2 authentication"),
          word("auth_hmac", ACTS)
              .block()
              .means("keepalived-specific HMAC-SHA256 trailer on adverts"),
          word("garp_master_delay", ACTS, integer(0, 4294))
              .means("Instance value of vrrp_garp_master_delay"),
          word("garp_master_refresh", ACTS, integer(0, UNSIGNED))
              .means("Instance value of vrrp_garp_master_refresh"),
          word("garp_master_repeat", ACTS, integer(0, UNSIGNED))
              .means("Instance value of vrrp_garp_master_repeat"),
          word("garp_master_refresh_repeat", ACTS, integer(0, UNSIGNED))
              .means("Instance value of vrrp_garp_master_refresh_repeat"),
          word("garp_lower_prio_delay", ACTS, integer(0, 4294))
              .means("Instance value of vrrp_garp_lower_prio_delay"),
          word("garp_lower_prio_repeat", ACTS, integer(0, Integer.MAX_VALUE))
              .means("Instance value of vrrp_garp_lower_prio_repeat"),
          word("garp_extra_if", ACTS, optional(oneOf("all")), integer(0, 86400))
              .means("Instance value of vrrp_garp_extra_if"));
  private static final Block AUTHENTICATION =
      block(
          "vrrp_instance/authentication",
          word("auth_type", ACTS, oneOf("PASS", "AH")).means("Kind of authentication"),
          word("auth_pass", ACTS, cut("password", 8)).means("Shared password"));
  private static final Block AUTH_HMAC =
      block(
          "vrrp_instance/auth_hmac",
          word("key", ACTS, integer(1, 255), text("text, hex:digits or file:path"))
              .many()
              .means("A signing key of 32 to 64 bytes; several allow rotation"),
          word("active_key", ACTS, integer(1, 255)).required().means("Key used for signing"),
          word("time_window", ACTS, integer(1, 300)).means("Accepted clock difference"),
          word("anti_replay", ACTS, oneOf("time", "monotonic")).means("How replays are detected"),
          word("mode", ACTS, oneOf("enforce", "permissive", "receive-only"))
              .means("Whether unsigned adverts are accepted and whether own adverts are signed"));

  private InstanceWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(INSTANCE, AUTHENTICATION, AUTH_HMAC);
  }
}
