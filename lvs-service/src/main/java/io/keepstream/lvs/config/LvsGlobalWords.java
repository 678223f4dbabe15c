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
import static io.keepstream.config.vocabulary.Params.refersTo;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.NOT_YET;

import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Fit;
import io.keepstream.config.vocabulary.Keyword;
import io.keepstream.config.vocabulary.Param;
import java.util.List;

/** The words of {@code global_defs} about IPVS. */
final class LvsGlobalWords {
  private static final Param BARE_SYNC_ID =
      Param.of(
          "sync id",
          word ->
              integer(0, 255).fit().apply(word).isBad()
                  ? Fit.BAD
                  : Fit.doubtful("is going out of use here; write id " + word));
  private static final List<Keyword> SYNC_DAEMON_OPTIONS =
      List.of(
          word("inst", NOT_YET, refersTo("vrrp_instance"))
              .means("VRRP instance that decides the role"),
          word("id", NOT_YET, integer(0, 255)).means("Sync id"),
          word("maxlen", NOT_YET, integer(1, 65507)).means("Longest sync packet"),
          word("port", NOT_YET, integer(1, 65535)).means("UDP port"),
          word("ttl", NOT_YET, integer(1, 255)).means("Multicast TTL"),
          word("group", NOT_YET, multicast()).means("Multicast group"));

  private static final Block GLOBAL =
      block(
          "global_defs",
          word("lvs_timeouts", NOT_YET)
              .options(
                  List.of(
                      timeout("tcp", "Established TCP connections"),
                      timeout("tcpfin", "TCP connections after a FIN"),
                      timeout("udp", "UDP")))
              .means("IPVS connection timeouts"),
          word("lvs_flush", NOT_YET).means("Clear all IPVS tables once at start"),
          word("lvs_flush_on_stop", NOT_YET, optional(oneOf("VS")))
              .means("Fast IPVS clean-up at shutdown"),
          word("lvs_flush_onstop", NOT_YET, optional(oneOf("VS")))
              .deprecated("lvs_flush_on_stop")
              .means("The same under its former name"),
          word(
                  "lvs_sync_daemon",
                  NOT_YET,
                  interfaceName(),
                  optional(refersTo("vrrp_instance")),
                  optional(BARE_SYNC_ID))
              .options(SYNC_DAEMON_OPTIONS)
              .firstWins()
              .means("Run the IPVS connection sync daemon, in the role of the instance if named"),
          word("nftables_ipvs", NOT_YET, optional(text("table")))
              .firstWins()
              .means("Map each virtual_server_group to one fwmark through nftables"),
          word("nftables_ipvs_priority", NOT_YET, integer(Integer.MIN_VALUE, Integer.MAX_VALUE))
              .means("Priority of the IPVS nftables base chains"),
          word("nftables_ipvs_start_fwmark", NOT_YET, integer(1, UNSIGNED))
              .means("First fwmark allocated to virtual server groups"),
          word("lvs_netlink_cmd_rcv_bufs", NOT_YET, integer(1, UNSIGNED))
              .means("Receive buffer of the checker netlink command socket"),
          word("lvs_netlink_cmd_rcv_bufs_force", NOT_YET, bool())
              .means("Allow that buffer to exceed rmem_max"),
          word("lvs_netlink_monitor_rcv_bufs", NOT_YET, integer(1, UNSIGNED))
              .means("Receive buffer of the checker netlink monitor socket"),
          word("lvs_netlink_monitor_rcv_bufs_force", NOT_YET, bool())
              .means("Allow that buffer to exceed rmem_max"));

  private LvsGlobalWords() {}

  /** The words, by block. */
  static List<Block> blocks() {
    return List.of(GLOBAL);
  }

  private static Keyword timeout(String word, String of) {
    return word(word, NOT_YET, integer(0, 2678400))
        .means(of + " in seconds; 0 leaves the timeout as it is");
  }
}
