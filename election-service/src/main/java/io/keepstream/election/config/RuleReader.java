package io.keepstream.election.config;

import static io.keepstream.linux.wire.RouteConstants.RTPROT_KEEPALIVED;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Numbers;
import io.keepstream.linux.wire.IpNetwork;
import io.keepstream.linux.wire.IpRule;
import io.keepstream.linux.wire.IpRule.Action;
import io.keepstream.linux.wire.IpRule.Mark;
import io.keepstream.linux.wire.IpRule.Range;
import io.keepstream.linux.wire.IpRule.Selector;
import io.keepstream.linux.wire.IpRule.Transport;
import io.keepstream.linux.wire.RouteConstants;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads one line of {@code virtual_rules} or {@code static_rules}. */
final class RuleReader {
  private static final int REALM_BITS = 16;

  private final LineWords words;
  private Boolean ipv6;
  private boolean inverted;
  private IpNetwork from;
  private IpNetwork to;
  private String inputInterface = "";
  private String outputInterface = "";
  private int tos;
  private Mark mark;
  private int transport;
  private Range sourcePorts;
  private Range destinationPorts;
  private Range users;
  private Long priority;
  private int action = RouteConstants.FR_ACT_TO_TBL;
  private long table;
  private long target;
  private int suppressedPrefixLength = Action.NOTHING_SUPPRESSED;
  private int suppressedGroup = Action.NOTHING_SUPPRESSED;
  private boolean vrf;
  private long realms;
  private long tunnel;
  private int protocol = RTPROT_KEEPALIVED;
  private boolean tracked = true;

  private RuleReader(LineWords words) {
    this.words = words;
  }

  /** Gives out priorities to rules that say none, counting down for each family. */
  static final class Priorities {
    private static final int FIRST = 16_384;

    private long nextIpv4 = FIRST;
    private long nextIpv6 = FIRST;

    long next(boolean ipv6) {
      return ipv6 ? nextIpv6-- : nextIpv4--;
    }
  }

  /** Reads a line; empty, with an error, when it is no rule. */
  static Optional<VirtualRule> read(
      Statement line, Priorities priorities, Consumer<Diagnostic> problems) {
    return new RuleReader(new LineWords(line, problems)).read(priorities);
  }

  private Optional<VirtualRule> read(Priorities priorities) {
    while (words.hasNext() && !words.failed()) {
      take(words.next());
    }
    if (!words.failed()) {
      check();
    }
    if (words.failed()) {
      return Optional.empty();
    }
    if (priority == null) {
      priority = priorities.next(ipv6());
      words.warning("the rule says no priority; it gets %d".formatted(priority));
    }
    return Optional.of(new VirtualRule(rule(), tracked, words.text()));
  }

  private void take(String word) {
    switch (word) {
      case "inet" -> ipv6 = false;
      case "inet6" -> ipv6 = true;
      case "not" -> inverted = true;
      case "from" -> from = network();
      case "to" -> to = network();
      case "dev", "iif" -> inputInterface = words.next();
      case "oif" -> outputInterface = words.next();
      case "tos", "dsfield" -> tos = words.named(IprouteNames.TYPE_OF_SERVICE);
      case "fwmark" -> mark = mark(words.next());
      case "ipproto" -> transport = words.named(IprouteNames.TRANSPORT);
      case "sport" -> sourcePorts = range(words.next());
      case "dport" -> destinationPorts = range(words.next());
      case "tunnel-id" -> tunnel = words.number();
      case "uidrange" -> users = range(words.next());
      case "preference", "priority", "order" -> priority = words.number();
      case "protocol" -> protocol = words.named(IprouteNames.PROTOCOL);
      case "no_track" -> tracked = false;
      default -> takeAction(word);
    }
  }

  private void takeAction(String word) {
    switch (word) {
      case "table", "lookup" -> table = Integer.toUnsignedLong(words.named(IprouteNames.TABLE));
      case "suppress_prefixlength", "sup_pl" -> suppressedPrefixLength = (int) words.number();
      case "goto" -> {
        action = RouteConstants.FR_ACT_GOTO;
        target = words.number();
      }
      case "nop" -> action = RouteConstants.FR_ACT_NOP;
      case "blackhole" -> action = RouteConstants.FR_ACT_BLACKHOLE;
      case "unreachable" -> action = RouteConstants.FR_ACT_UNREACHABLE;
      case "prohibit" -> action = RouteConstants.FR_ACT_PROHIBIT;
      case "l3mdev" -> vrf = true;
      case "realms" -> realms = realms(words.next());
      case "suppress_ifgroup", "sup_group" -> suppressedGroup = words.named(IprouteNames.GROUP);
      case "track_group" -> words.next();
      default -> {} // "type", which stands before an action
    }
  }

  /** Null for all addresses. */
  private IpNetwork network() {
    String text = words.next();
    boolean all = text.equals("default") || text.equals("any") || text.equals("all");
    return all ? null : words.network().orElse(null);
  }

  private static Mark mark(String text) {
    String[] parts = text.split("/", 2);
    return new Mark(
        Numbers.integerAnyBase(parts[0]).orElse(0),
        parts.length == 1 ? Mark.WHOLE : Numbers.integerAnyBase(parts[1]).orElse(0));
  }

  /** {@code to} or {@code from/to}. */
  private long realms(String text) {
    long both = 0;
    for (String each : text.split("/", 2)) {
      OptionalLong realm = IprouteNames.REALM.number(each);
      if (realm.isEmpty()) {
        words.error("'%s' is neither a number nor a name known here".formatted(each));
      } else if (realm.getAsLong() >>> REALM_BITS != 0) {
        words.error("realm %s is not within 0..65535".formatted(each));
      }
      both = (both << REALM_BITS) | realm.orElse(0);
    }
    return both;
  }

  private static Range range(String text) {
    String[] ends = text.split("-", -1);
    return new Range(
        Numbers.integer(ends[0]).orElse(0), Numbers.integer(ends[ends.length - 1]).orElse(0));
  }

  private void check() {
    boolean lookUp = action == RouteConstants.FR_ACT_TO_TBL;
    if (vrf && (table != 0 || !lookUp)) {
      words.wholeError("a rule has either l3mdev or a table or another action");
    } else if (lookUp && table == 0 && !vrf) {
      words.wholeError("a rule needs a table to look up, or an action such as blackhole");
    } else if (!lookUp && table != 0) {
      words.wholeError("a rule has either a table or another action");
    } else if (from != null && to != null && from.ipv6() != to.ipv6()) {
      words.wholeError("from and to are of two families");
    } else if (ipv6 != null && (isOther(from) || isOther(to))) {
      words.wholeError("the addresses are not %s".formatted(ipv6 ? "IPv6" : "IPv4"));
    } else if (action == RouteConstants.FR_ACT_GOTO && (priority == null || target <= priority)) {
      words.wholeError("goto needs a priority that is below its target");
    }
    if (realms != 0 && ipv6()) {
      words.wholeError("realms are for IPv4 only");
    }
    if (protocol != RTPROT_KEEPALIVED && tracked) {
      words.warning("a rule with a protocol of its own is not put back, as if by no_track");
      tracked = false;
    }
  }

  private boolean isOther(IpNetwork network) {
    return network != null && network.ipv6() != ipv6;
  }

  private boolean ipv6() {
    if (from != null || to != null) {
      return (from != null ? from : to).ipv6();
    }
    return ipv6 != null && ipv6;
  }

  private IpRule rule() {
    Selector selector =
        new Selector(
            inverted,
            Optional.ofNullable(from),
            Optional.ofNullable(to),
            inputInterface,
            outputInterface,
            tos,
            Optional.ofNullable(mark),
            new Transport(
                transport,
                Optional.ofNullable(sourcePorts),
                Optional.ofNullable(destinationPorts),
                Optional.ofNullable(users)),
            tunnel);
    return new IpRule(ipv6(), priority, selector, action(), protocol);
  }

  private Action action() {
    return new Action(action, table, target, suppressedPrefixLength, suppressedGroup, vrf, realms);
  }
}
