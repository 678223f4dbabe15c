package io.keepstream.election.config;

import static io.keepstream.config.vocabulary.Block.TOP_LEVEL;
import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.defines;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.seconds;
import static io.keepstream.config.vocabulary.Status.ACTS;
import static io.keepstream.config.vocabulary.Status.accepted;

import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * The words this service gives a meaning: virtual routers, their addresses, routes and rules, and
 * BFD.
 */
public final class ElectionWords {
  static final Status POLLING = accepted("the kernel tells when a link goes up or down");

  private static final Block TOP =
      block(
          TOP_LEVEL,
          word("linkbeat_use_polling", POLLING).means("Poll the link state"),
          word("track_group", ACTS, defines("track_group"))
              .block()
              .means("Named set of instances that follow static addresses, routes or rules"),
          word("static_ipaddress", ACTS)
              .lines(AddressLines.STATIC)
              .means("Addresses from start to stop, independent of VRRP state"),
          word("static_routes", ACTS)
              .lines(RouteLines.STATIC)
              .means("Routes added at start and removed at stop"),
          word("static_rules", ACTS)
              .lines(RuleLines.STATIC)
              .means("Policy rules added at start and removed at stop"),
          word("vrrp_sync_group", ACTS, defines("vrrp_sync_group"))
              .block()
              .means("Binds instances so they change state together"),
          word("garp_group", ACTS).block().means("Shared pacing of gratuitous ARP/NA"),
          word("linkbeat_interfaces", POLLING)
              .lines(interfaceName(), optional(oneOf("MII", "ETHTOOL", "IOCTL")))
              .means("Interfaces whose link state is polled"),
          word("vrrp_instance", ACTS, defines("vrrp_instance")).block().means("One virtual router"),
          word("interface_up_down_delays", ACTS)
              .lines(interfaceName(), seconds("0", "255"), optional(seconds("0", "255")))
              .means("Debounce interface state changes"),
          word("bfd_instance", ACTS, defines("bfd_instance", 31))
              .block()
              .means("One BFD session (RFC 5880)"));

  private ElectionWords() {}

  /** All of them, by block. */
  public static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>(List.of(TOP));
    blocks.addAll(GlobalVrrpWords.blocks());
    blocks.addAll(InstanceWords.blocks());
    blocks.addAll(GroupWords.blocks());
    blocks.addAll(BfdWords.blocks());
    return blocks;
  }
}
