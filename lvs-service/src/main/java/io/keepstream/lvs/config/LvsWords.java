package io.keepstream.lvs.config;

import static io.keepstream.config.vocabulary.Block.TOP_LEVEL;
import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.UNSIGNED;
import static io.keepstream.config.vocabulary.Params.addressRange;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.cut;
import static io.keepstream.config.vocabulary.Params.defines;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.interfaceName;
import static io.keepstream.config.vocabulary.Params.ip;
import static io.keepstream.config.vocabulary.Params.matching;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.oneOfAnyCase;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.port;
import static io.keepstream.config.vocabulary.Params.refersTo;
import static io.keepstream.config.vocabulary.Params.seconds;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;
import static io.keepstream.config.vocabulary.Status.accepted;

import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.Numbers;
import io.keepstream.config.vocabulary.Arguments;
import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Keyword;
import io.keepstream.config.vocabulary.Param;
import io.keepstream.config.vocabulary.Status;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The words this service gives a meaning: virtual servers, their groups and real servers. */
public final class LvsWords {
  static final List<String> SCHEDULERS =
      List.of(
          "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "dh", "mh", "sed", "nq", "fo", "ovf",
          "twos");

  private static final Status NO_SNMP =
      accepted("there is no SNMP agent; metrics are served over HTTP");
  private static final Param SCHEDULER = oneOf(SCHEDULERS.toArray(String[]::new));
  private static final Keyword GROUP_MARK =
      word("fwmark", ACTS, integer(0, UNSIGNED), optional(oneOf("inet", "inet6")))
          .means("Firewall mark entry");
  private static final Arguments GROUP_LINE =
      new Arguments.Choice(List.of(GROUP_MARK), List.of(addressRange(), optional(port())));
  private static final Arguments VIRTUAL_SERVER_HEADER =
      new Arguments.Choice(
          List.of(
              word("fwmark", ACTS, integer(0, UNSIGNED)).means("Service by firewall mark"),
              word("group", ACTS, refersTo("virtual_server_group"))
                  .means("Service for a group of addresses and marks")),
          List.of(ip(), optional(port())));

  private static final Block TOP =
      block(
          TOP_LEVEL,
          word("virtual_server_group", ACTS, defines("virtual_server_group"))
              .lines(GROUP_LINE)
              .means("Set of addresses, ranges and fwmarks sharing one pool"),
          word("virtual_server", ACTS)
              .with(VIRTUAL_SERVER_HEADER)
              .block()
              .means("One virtual service"));
  private static final Block VIRTUAL_SERVER =
      block(
          "virtual_server",
          word("ip_family", ACTS, oneOf("inet", "inet6"))
              .means("Family of a fwmark service whose reals are all tunnelled"),
          word("inhibit_on_failure", ACTS)
              .means("Default for reals: set weight 0 instead of removing a failed real"),
          word("lb_algo", ACTS, SCHEDULER).means("Scheduler (same as lvs_sched)"),
          word("lvs_sched", ACTS, SCHEDULER).means("Scheduler (preferred spelling in the manual)"),
          word("hashed", accepted("it has none in keepalived either"))
              .means("Former scheduler flag"),
          word("ops", ACTS).means("One-packet scheduling"),
          word("flag-1", ACTS).means("Scheduler flag 1"),
          word("flag-2", ACTS).means("Scheduler flag 2"),
          word("flag-3", ACTS).means("Scheduler flag 3"),
          word("sh-port", ACTS)
              .after("lb_algo", "lvs_sched")
              .means("Include the port in source hashing"),
          word("sh-fallback", ACTS)
              .after("lb_algo", "lvs_sched")
              .means("Use another real when the hashed one has weight 0"),
          word("mh-port", ACTS)
              .after("lb_algo", "lvs_sched")
              .means("Include the port in Maglev hashing"),
          word("mh-fallback", ACTS)
              .after("lb_algo", "lvs_sched")
              .means("Use another real when the hashed one has weight 0"),
          forwarding("lb_kind").means("Forwarding method (same as lvs_method)"),
          forwarding("lvs_method").means("Forwarding method (preferred spelling in the manual)"),
          word("persistence_engine", ACTS, cut("name", 15))
              .means("IPVS persistence engine, for example sip"),
          word("persistence_timeout", ACTS, optional(integer(1, 2678400)))
              .means("Client stickiness time"),
          word(
                  "persistence_granularity",
                  ACTS,
                  matching("netmask or prefix 1..128", LvsWords::isGranularity))
              .means("Client group size for stickiness"),
          word("protocol", ACTS, oneOfAnyCase("TCP", "UDP", "SCTP")).means("Layer 4 protocol"),
          word("masquerade", ACTS)
              .means("Have reals see the director as their client; needs dataplane nftables"),
          word("snmp_name", NO_SNMP, text("text")).means("Label shown in SNMP"),
          word("omega", ACTS).means("Run down notifications also at shutdown"),
          word("quorum", ACTS, integer(1, UNSIGNED)).means("Total live weight needed to be up"),
          word("hysteresis", ACTS, integer(0, UNSIGNED))
              .means("Extra weight to gain and tolerated loss around quorum"),
          word("panic_threshold", ACTS, integer(1, 99), optional(seconds("0.001", "4294.967295")))
              .means(
                  "When more than this percentage of the reals is failed, keep those in the pool"
                      + " that failed within so many seconds, 60 by default, before"),
          word("slow_start", ACTS, seconds("0", "4294.967295"))
              .means("Default for reals: time in which the weight grows after a recovery"),
          word("weight", ACTS, integer(1, Integer.MAX_VALUE)).means("Default weight of reals"),
          word("sorry_server", ACTS, ip(), optional(port()))
              .means("Fallback used while quorum is lost"),
          word("sorry_server_inhibit", ACTS)
              .after("sorry_server")
              .means("Keep the sorry server in the table with weight 0 when unused"),
          forwarding("sorry_server_lvs_method")
              .after("sorry_server")
              .means("Forwarding method of the sorry server"),
          word("real_server", ACTS, ip(), optional(port()))
              .block()
              .required()
              .means("One backend"));
  private static final Block INSTANCE =
      block(
          "vrrp_instance",
          word("lvs_sync_daemon_interface", ACTS, interfaceName())
              .deprecated("lvs_sync_daemon")
              .means("Bind the IPVS sync daemon to this instance"));
  private static final Block REAL_SERVER =
      block(
          "virtual_server/real_server",
          word("weight", ACTS, integer(0, Integer.MAX_VALUE)).means("Weight in the pool"),
          forwarding("lvs_method").means("Forwarding method of this backend"),
          word("uthreshold", ACTS, integer(0, UNSIGNED))
              .means("Connections above which the backend gets no new ones"),
          word("lthreshold", ACTS, integer(0, UNSIGNED))
              .means("Connections below which it gets new ones again"),
          word("inhibit_on_failure", ACTS, bool())
              .means("Set weight 0 instead of removing on failure"),
          word("slow_start", ACTS, seconds("0", "4294.967295"))
              .means("Time in which the weight grows after a recovery"),
          word("snmp_name", NO_SNMP, text("text")).means("Label shown in SNMP"));

  private LvsWords() {}

  /** All of them, by block. */
  public static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>(List.of(TOP, VIRTUAL_SERVER, INSTANCE, REAL_SERVER));
    blocks.addAll(LvsGlobalWords.blocks());
    return blocks;
  }

  private static Keyword forwarding(String word) {
    return word(word, ACTS, oneOf("NAT", "DR", "TUN"))
        .options(
            List.of(
                word("type", ACTS, oneOf("ipip", "gue", "gre")).means("Tunnel type"),
                word("port", ACTS, integer(1, 65535))
                    .means("Port of a GUE tunnel, which needs one"),
                word("nocsum", ACTS).means("No tunnel checksum"),
                word("csum", ACTS).means("Tunnel checksum; not for ipip"),
                word("remcsum", ACTS).means("Remote tunnel checksum; GUE only")));
  }

  private static boolean isGranularity(String word) {
    OptionalLong length = Numbers.integer(word);
    if (length.isPresent()) {
      return length.getAsLong() >= 1 && length.getAsLong() <= 128;
    }
    return Addresses.ip(word).filter(Inet4Address.class::isInstance).isPresent();
  }
}
