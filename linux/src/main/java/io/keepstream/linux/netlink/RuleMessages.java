package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.linux.wire.IpNetwork;
import io.keepstream.linux.wire.IpRule;
import io.keepstream.linux.wire.IpRule.Action;
import io.keepstream.linux.wire.IpRule.Mark;
import io.keepstream.linux.wire.IpRule.Range;
import io.keepstream.linux.wire.IpRule.Selector;
import io.keepstream.linux.wire.IpRule.Transport;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.RouteConstants;
import java.net.InetAddress;
import java.util.Optional;

/** Policy rule messages of rtnetlink(7) to and from bytes. */
final class RuleMessages {
  private static final int FAMILY = 0;
  private static final int DST_LEN = 1;
  private static final int SRC_LEN = 2;
  private static final int TOS = 3;
  private static final int TABLE = 4;
  private static final int ACTION = 7;
  private static final int FLAGS = 8;
  private static final int LARGEST_BYTE = 0xFF;

  private RuleMessages() {}

  static NetlinkMessage dump(boolean ipv6) {
    return new NetlinkMessage(
        RouteConstants.RTM_GETRULE,
        0,
        writer -> writer.putU8(family(ipv6)).putU8(0).putU16(0).putU32(0).putU32(0));
  }

  /** Refused with EEXIST if the same rule is there. */
  static NetlinkMessage add(IpRule rule) {
    return new NetlinkMessage(
        RouteConstants.RTM_NEWRULE,
        Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL,
        writer -> write(writer, rule));
  }

  static NetlinkMessage delete(IpRule rule) {
    return new NetlinkMessage(RouteConstants.RTM_DELRULE, 0, writer -> write(writer, rule));
  }

  private static int family(boolean ipv6) {
    return ipv6 ? SocketConstants.AF_INET6 : SocketConstants.AF_INET;
  }

  private static void write(NetlinkWriter writer, IpRule rule) {
    Selector selector = rule.selector();
    Action action = rule.action();
    writer
        .putU8(family(rule.ipv6()))
        .putU8(selector.to().map(IpNetwork::length).orElse(0))
        .putU8(selector.from().map(IpNetwork::length).orElse(0))
        .putU8(selector.tos())
        .putU8(action.table() > LARGEST_BYTE ? 0 : (int) action.table())
        .putU16(0)
        .putU8(action.type())
        .putU32(selector.inverted() ? RouteConstants.FIB_RULE_INVERT : 0);
    selector.to().ifPresent(to -> writer.attrAddress(RouteConstants.FRA_DST, to.address()));
    selector.from().ifPresent(from -> writer.attrAddress(RouteConstants.FRA_SRC, from.address()));
    name(writer, RouteConstants.FRA_IIFNAME, selector.inputInterface());
    name(writer, RouteConstants.FRA_OIFNAME, selector.outputInterface());
    writer.attrU32(RouteConstants.FRA_PRIORITY, rule.priority());
    selector
        .mark()
        .ifPresent(
            mark ->
                writer
                    .attrU32(RouteConstants.FRA_FWMARK, mark.value())
                    .attrU32(RouteConstants.FRA_FWMASK, mark.mask()));
    write(writer, selector.transport());
    if (selector.tunnel() != 0) {
      writer.attr(RouteConstants.FRA_TUN_ID, tunnel -> tunnel.putNetU64(selector.tunnel()));
    }
    write(writer, action);
    writer.attrU8(RouteConstants.FRA_PROTOCOL, rule.protocol());
  }

  private static void write(NetlinkWriter writer, Action action) {
    if (action.type() == RouteConstants.FR_ACT_GOTO) {
      writer.attrU32(RouteConstants.FRA_GOTO, action.target());
    }
    if (action.suppressedPrefixLength() != Action.NOTHING_SUPPRESSED) {
      writer.attrU32(RouteConstants.FRA_SUPPRESS_PREFIXLEN, action.suppressedPrefixLength());
    }
    if (action.table() > LARGEST_BYTE) {
      writer.attrU32(RouteConstants.FRA_TABLE, action.table());
    }
    if (action.suppressedGroup() != Action.NOTHING_SUPPRESSED) {
      writer.attrU32(RouteConstants.FRA_SUPPRESS_IFGROUP, action.suppressedGroup());
    }
    if (action.vrf()) {
      writer.attrU8(RouteConstants.FRA_L3MDEV, 1);
    }
    if (action.realms() != 0) {
      writer.attrU32(RouteConstants.FRA_FLOW, action.realms());
    }
  }

  private static void write(NetlinkWriter writer, Transport transport) {
    if (transport.protocol() != 0) {
      writer.attrU8(RouteConstants.FRA_IP_PROTO, transport.protocol());
    }
    ports(writer, RouteConstants.FRA_SPORT_RANGE, transport.sourcePorts());
    ports(writer, RouteConstants.FRA_DPORT_RANGE, transport.destinationPorts());
    transport
        .users()
        .ifPresent(
            users ->
                writer.attr(
                    RouteConstants.FRA_UID_RANGE,
                    range -> range.putU32(users.first()).putU32(users.last())));
  }

  private static void ports(NetlinkWriter writer, int type, Optional<Range> ports) {
    ports.ifPresent(
        numbers ->
            writer.attr(
                type, range -> range.putU16((int) numbers.first()).putU16((int) numbers.last())));
  }

  private static void name(NetlinkWriter writer, int type, String name) {
    if (!name.isEmpty()) {
      writer.attrString(type, name);
    }
  }

  /** Empty for what is no rule of IPv4 or IPv6. */
  static Optional<IpRule> decode(NetlinkReader message) {
    boolean rule =
        message.type() == RouteConstants.RTM_NEWRULE
            || message.type() == RouteConstants.RTM_DELRULE;
    int family = message.u8(FAMILY);
    boolean ipv6 = family == SocketConstants.AF_INET6;
    if (!rule || !(ipv6 || family == SocketConstants.AF_INET)) {
      return Optional.empty();
    }
    Decoding decoding = new Decoding();
    decoding.table = message.u8(TABLE);
    AttributeReader attributes = message.attributes(RouteConstants.FIB_RULE_HDR_LENGTH);
    while (attributes.next()) {
      decoding.take(attributes);
    }
    return attributes.error().isEmpty()
        ? Optional.of(decoding.rule(message, ipv6))
        : Optional.empty();
  }

  private static final class Decoding {
    private InetAddress from;
    private InetAddress to;
    private String inputInterface = "";
    private String outputInterface = "";
    private long priority;
    private long mark;
    private long mask;
    private long table;
    private long target;
    private int suppressedPrefixLength = Action.NOTHING_SUPPRESSED;
    private int suppressedGroup = Action.NOTHING_SUPPRESSED;
    private boolean vrf;
    private long realms;
    private long tunnel;
    private int protocol;
    private int transportProtocol;
    private Range sourcePorts;
    private Range destinationPorts;
    private Range users;

    void take(AttributeReader attribute) {
      switch (attribute.type()) {
        case RouteConstants.FRA_SRC -> from = attribute.address();
        case RouteConstants.FRA_DST -> to = attribute.address();
        case RouteConstants.FRA_IIFNAME -> inputInterface = attribute.string();
        case RouteConstants.FRA_OIFNAME -> outputInterface = attribute.string();
        case RouteConstants.FRA_PRIORITY -> priority = attribute.u32();
        case RouteConstants.FRA_FWMARK -> mark = attribute.u32();
        case RouteConstants.FRA_FWMASK -> mask = attribute.u32();
        case RouteConstants.FRA_TABLE -> table = attribute.u32();
        case RouteConstants.FRA_GOTO -> target = attribute.u32();
        case RouteConstants.FRA_SUPPRESS_PREFIXLEN -> suppressedPrefixLength = attribute.int32();
        case RouteConstants.FRA_SUPPRESS_IFGROUP -> suppressedGroup = attribute.int32();
        case RouteConstants.FRA_L3MDEV -> vrf = attribute.u8() != 0;
        case RouteConstants.FRA_FLOW -> realms = attribute.u32();
        case RouteConstants.FRA_TUN_ID -> tunnel = attribute.netU64();
        case RouteConstants.FRA_PROTOCOL -> protocol = attribute.u8();
        case RouteConstants.FRA_IP_PROTO -> transportProtocol = attribute.u8();
        case RouteConstants.FRA_SPORT_RANGE -> sourcePorts = ports(attribute);
        case RouteConstants.FRA_DPORT_RANGE -> destinationPorts = ports(attribute);
        case RouteConstants.FRA_UID_RANGE ->
            users = new Range(attribute.u32(0), attribute.u32(Integer.BYTES));
        default -> {}
      }
    }

    private static Range ports(AttributeReader attribute) {
      return new Range(attribute.u16(0), attribute.u16(Short.BYTES));
    }

    IpRule rule(NetlinkReader message, boolean ipv6) {
      Optional<Mark> marked = mask == 0 ? Optional.empty() : Optional.of(new Mark(mark, mask));
      Selector selector =
          new Selector(
              (message.int32(FLAGS) & RouteConstants.FIB_RULE_INVERT) != 0,
              network(from, message.u8(SRC_LEN)),
              network(to, message.u8(DST_LEN)),
              inputInterface,
              outputInterface,
              message.u8(TOS),
              marked,
              new Transport(
                  transportProtocol,
                  Optional.ofNullable(sourcePorts),
                  Optional.ofNullable(destinationPorts),
                  Optional.ofNullable(users)),
              tunnel);
      Action action =
          new Action(
              message.u8(ACTION),
              table,
              target,
              suppressedPrefixLength,
              suppressedGroup,
              vrf,
              realms);
      return new IpRule(ipv6, priority, selector, action, protocol);
    }

    private static Optional<IpNetwork> network(InetAddress address, int length) {
      return Optional.ofNullable(address).map(present -> new IpNetwork(present, length));
    }
  }
}
