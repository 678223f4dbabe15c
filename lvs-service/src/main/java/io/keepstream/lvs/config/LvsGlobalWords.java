package io.keepstream.lvs.config;

import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.multicast;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.path;
import static io.keepstream.config.vocabulary.Params.refersTo;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Fit;
import io.keepstream.config.vocabulary.Keyword;
import io.keepstream.config.vocabulary.Param;
import io.keepstream.config.vocabulary.Status;
import java.util.List;

/** The words of {@code global_defs} about IPVS. */
final class LvsGlobalWords {
  private static final Status NO_MARKS =
      Status.notYet("every address of a group is a virtual service of its own");
  private static final Status ALWAYS_FORCED =
      Status.accepted("a buffer that is asked for may exceed rmem_max wherever that is permitted");
  private static final Status MADE_UP_FOR =
      Status.accepted("the buffer has 1 MiB, and news that find no room in it are made up for");
  private static final Param BARE_SYNC_ID =
      Param.of(
          "sync id",
          word ->
              integer(0, 255).fit().apply(word).isBad()
                  ? Fit.BAD
                  : Fit.doubtful("is going out of use here; write id " + word));
  private static final List<Keyword> SYNC_DAEMON_OPTIONS =
      List.of(
          word("inst", ACTS, refersTo("vrrp_instance"))
              .means("VRRP instance that decides the role"),
          word("id", ACTS, integer(0, 255)).means("Sync id"),
          word("maxlen", ACTS, integer(1, 65507)).means("Longest sync packet"),
          word("port", ACTS, integer(1, 65535)).means("UDP port"),
          word("ttl", ACTS, integer(1, 255)).means("Multicast TTL"),
          word("group", ACTS, multicast()).means("Multicast group"));

  private static final Block GLOBAL =
      block(
          "global_defs",
          word("lvs_timeouts", ACTS)
              .options(
                  List.of(
                      timeout("tcp", "Established TCP connections"),
                      timeout("tcpfin", "TCP connections after a FIN"),
                      timeout("udp", "UDP")))
              .means("IPVS connection timeouts"),
          word("lvs_flush", ACTS)
              .means("Remove once at start what the configuration does not name"),
          word("lvs_flush_on_stop", ACTS, optional(oneOf("VS")))
              .means(
                  "Remove at shutdown what the configuration does not name as well; with VS only"
                      + " what it names, as without the word"),
          word("lvs_flush_onstop", ACTS, optional(oneOf("VS")))
              .deprecated("lvs_flush_on_stop")
              .means("The same under its former name"),
          word(
                  "lvs_sync_daemon",
                  ACTS,
                  interfaceName(),
                  optional(refersTo("vrrp_instance")),
                  optional(BARE_SYNC_ID))
              .options(SYNC_DAEMON_OPTIONS)
              .firstWins()
              .means("Run the IPVS connection sync daemon, in the role of the instance if named"),
          word("lvs_table", ACTS, oneOf("shared", "ours"))
              .means(
                  "Whether virtual services that the configuration does not name stay, as somebody"
                      + " else's (shared, the default), or are removed whenever they are seen"),
          word("lvs_state_file", ACTS, path())
              .means(
                  "Where what operators set for real servers is kept, from the start on; a relative"
                      + " name, such as lvs-state.json, which it is if not given, is in"
                      + " $STATE_DIRECTORY or /var/lib/keepstream"),
          word("dataplane", ACTS, oneOf("auto", "ipvs", "nftables"))
              .means(
                  "What balances, from the start on: IPVS, nftables, or nftables only where the"
                      + " kernel has no IPVS and it can do all that is asked (auto, the default)"),
          word("rs_init_notifies", ACTS, bool())
              .means("Also tell of real servers that are up from the start on"),
          word("nftables_ipvs", NO_MARKS, optional(text("table")))
              .firstWins()
              .means("Map each virtual_server_group to one fwmark through nftables"),
          word("nftables_ipvs_priority", NO_MARKS, integer(Integer.MIN_VALUE, Integer.MAX_VALUE))
              .means("Priority of the IPVS nftables base chains"),
          word("nftables_ipvs_start_fwmark", NO_MARKS, integer(1, UNSIGNED))
              .means("First fwmark allocated to virtual server groups"),
          word("lvs_netlink_cmd_rcv_bufs", ACTS, integer(1, UNSIGNED))
              .means("Receive buffer of the socket to IPVS in bytes, from the start on"),
          word("lvs_netlink_cmd_rcv_bufs_force", ALWAYS_FORCED, bool())
              .means("Allow that buffer to exceed rmem_max"),
          word("lvs_netlink_monitor_rcv_bufs", MADE_UP_FOR, integer(1, UNSIGNED))
              .means("Receive buffer of the checker netlink monitor socket"),
          word("lvs_netlink_monitor_rcv_bufs_force", MADE_UP_FOR, bool())
              .means("Allow that buffer to exceed rmem_max"));

  private LvsGlobalWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(GLOBAL);
  }

  private static Keyword timeout(String word, String of) {
    return word(word, ACTS, integer(0, 2678400))
        .means(of + " in seconds; 0 leaves the timeout as it is");
  }
}
