package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.IpNetwork;
import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRoute.Hop;
import io.keepstream.linux.wire.IpRoute.Placing;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.RouteConstants;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Route messages of rtnetlink(7) to and from bytes. */
final class RouteMessages {
  private static final int RTM_FAMILY = 0;
  private static final int RTM_DST_LEN = 1;
  private static final int RTM_SRC_LEN = 2;
  private static final int RTM_TOS = 3;
  private static final int RTM_TABLE = 4;
  private static final int RTM_PROTOCOL = 5;
  private static final int RTM_SCOPE = 6;
  private static final int RTM_TYPE = 7;
  private static final int RTM_FLAGS = 8;
  private static final int LARGEST_BYTE = 0xFF;
  private static final int ADDRESS_FAMILY_LENGTH = 2;

  private RouteMessages() {}

  /** Asks for all routes of a family that {@code protocol} has set. */
  static NetlinkMessage dump(boolean ipv6, int protocol) {
    return new NetlinkMessage(
        RouteConstants.RTM_GETROUTE,
        0,
        writer -> writer.putU8(family(ipv6)).putU32(0).putU8(protocol).putU16(0).putU32(0));
  }

  /** Refused with EEXIST if exactly this route is there, whatever the placing. */
  static NetlinkMessage add(IpRoute route, Placing placing) {
    int placed =
        switch (placing) {
          case FIRST -> 0;
          case LAST -> Netlink.NLM_F_APPEND;
          case ALONE -> Netlink.NLM_F_EXCL;
        };
    return new NetlinkMessage(
        RouteConstants.RTM_NEWROUTE, Netlink.NLM_F_CREATE | placed, writer -> write(writer, route));
  }

  static NetlinkMessage delete(IpRoute route) {
    return new NetlinkMessage(RouteConstants.RTM_DELROUTE, 0, writer -> write(writer, route));
  }

  private static int family(boolean ipv6) {
    return ipv6 ? SocketConstants.AF_INET6 : SocketConstants.AF_INET;
  }

  private static void write(NetlinkWriter writer, IpRoute route) {
    IpRoute.Key key = route.key();
    List<Hop> hops = route.hops();
    boolean onlink = hops.size() == 1 && hops.getFirst().onlink();
    writer
        .putU8(family(key.destination().ipv6()))
        .putU8(key.destination().length())
        .putU8(key.source().map(IpNetwork::length).orElse(0))
        .putU8(key.tos())
        .putU8(key.table() > LARGEST_BYTE ? 0 : (int) key.table())
        .putU8(route.protocol())
        .putU8(route.scope())
        .putU8(route.type())
        .putU32(onlink ? RouteConstants.RTNH_F_ONLINK : 0);
    writer.attrAddress(RouteConstants.RTA_DST, key.destination().address());
    key.source().ifPresent(from -> writer.attrAddress(RouteConstants.RTA_SRC, from.address()));
    if (hops.size() == 1) {
      writeGateway(writer, key, hops.getFirst());
      writeInterface(writer, hops.getFirst());
    }
    route
        .preferredSource()
        .ifPresent(address -> writer.attrAddress(RouteConstants.RTA_PREFSRC, address));
    if (key.metric() > 0) {
      writer.attrU32(RouteConstants.RTA_PRIORITY, key.metric());
    }
    if (key.table() > LARGEST_BYTE) {
      writer.attrU32(RouteConstants.RTA_TABLE, key.table());
    }
    if (!route.metrics().isEmpty()) {
      writer.attr(RouteConstants.RTA_METRICS, all -> route.metrics().forEach(all::attrU32));
    }
    if (hops.size() > 1) {
      writer.attr(RouteConstants.RTA_MULTIPATH, all -> hops.forEach(hop -> write(all, key, hop)));
    }
  }

  private static void write(NetlinkWriter writer, IpRoute.Key key, Hop hop) {
    writer
        .putU16(RouteConstants.RTNEXTHOP_LENGTH + gatewayLength(key, hop))
        .putU8(hop.onlink() ? RouteConstants.RTNH_F_ONLINK : 0)
        .putU8(hop.weight() - 1)
        .putU32(hop.interfaceIndex());
    writeGateway(writer, key, hop);
  }

  private static int gatewayLength(IpRoute.Key key, Hop hop) {
    return hop.gateway()
        .map(
            gateway -> {
              int family = isOfOtherFamily(key, gateway) ? ADDRESS_FAMILY_LENGTH : 0;
              int length = Netlink.NLA_HDRLEN + family + gateway.getAddress().length;
              return (int) Bytes.align(length, Integer.BYTES);
            })
        .orElse(0);
  }

  private static void writeGateway(NetlinkWriter writer, IpRoute.Key key, Hop hop) {
    hop.gateway()
        .ifPresent(
            gateway -> {
              if (isOfOtherFamily(key, gateway)) {
                int family = family(gateway instanceof Inet6Address);
                writer.attr(
                    RouteConstants.RTA_VIA,
                    via -> via.putU16(family).putBytes(gateway.getAddress()));
              } else {
                writer.attrAddress(RouteConstants.RTA_GATEWAY, gateway);
              }
            });
  }

  private static boolean isOfOtherFamily(IpRoute.Key key, InetAddress gateway) {
    return gateway instanceof Inet6Address != key.destination().ipv6();
  }

  private static void writeInterface(NetlinkWriter writer, Hop hop) {
    if (hop.interfaceIndex() != 0) {
      writer.attrU32(RouteConstants.RTA_OIF, hop.interfaceIndex());
    }
  }

  /** Who has set the route that a message is about. */
  static int protocol(NetlinkReader message) {
    return message.u8(RTM_PROTOCOL);
  }

  /** Empty for what is no route of IPv4 or IPv6, and for cached copies of routes. */
  static Optional<IpRoute> decode(NetlinkReader message) {
    boolean route =
        message.type() == RouteConstants.RTM_NEWROUTE
            || message.type() == RouteConstants.RTM_DELROUTE;
    int family = message.u8(RTM_FAMILY);
    boolean ipv6 = family == SocketConstants.AF_INET6;
    boolean cached = (message.int32(RTM_FLAGS) & RouteConstants.RTM_F_CLONED) != 0;
    if (!route || cached || !(ipv6 || family == SocketConstants.AF_INET)) {
      return Optional.empty();
    }
    Decoding decoding = new Decoding();
    decoding.table = message.u8(RTM_TABLE);
    AttributeReader attributes = message.attributes(RouteConstants.RTMSG_LENGTH);
    while (attributes.next()) {
      decoding.take(attributes);
    }
    return attributes.error().isEmpty()
        ? Optional.of(decoding.route(message, ipv6))
        : Optional.empty();
  }

  private static final class Decoding {
    private InetAddress destination;
    private InetAddress source;
    private InetAddress preferredSource;
    private InetAddress gateway;
    private int interfaceIndex;
    private long table;
    private long metric;
    private final List<Hop> hops = new ArrayList<>();
    private final SortedMap<Integer, Long> metrics = new TreeMap<>();

    void take(AttributeReader attribute) {
      switch (attribute.type()) {
        case RouteConstants.RTA_DST -> destination = attribute.address();
        case RouteConstants.RTA_SRC -> source = attribute.address();
        case RouteConstants.RTA_PREFSRC -> preferredSource = attribute.address();
        case RouteConstants.RTA_GATEWAY -> gateway = attribute.address();
        case RouteConstants.RTA_VIA -> gateway = via(attribute);
        case RouteConstants.RTA_OIF -> interfaceIndex = attribute.int32();
        case RouteConstants.RTA_TABLE -> table = attribute.u32();
        case RouteConstants.RTA_PRIORITY -> metric = attribute.u32();
        case RouteConstants.RTA_METRICS -> takeMetrics(attribute.nested());
        case RouteConstants.RTA_MULTIPATH -> takeHops(attribute);
        default -> {}
      }
    }

    private void takeMetrics(AttributeReader each) {
      while (each.next()) {
        if (each.length() == Integer.BYTES) {
          metrics.put(each.type(), each.u32());
        }
      }
    }

    private void takeHops(AttributeReader all) {
      int offset = 0;
      while (offset + RouteConstants.RTNEXTHOP_LENGTH <= all.length()) {
        int length = all.u16(offset);
        int flagsAndWeight = all.u16(offset + Short.BYTES);
        AttributeReader inside =
            all.nested(offset + RouteConstants.RTNEXTHOP_LENGTH, offset + length);
        hops.add(
            new Hop(
                gateway(inside),
                (int) all.u32(offset + Integer.BYTES),
                (flagsAndWeight >> Byte.SIZE) + 1,
                (flagsAndWeight & RouteConstants.RTNH_F_ONLINK) != 0));
        offset +=
            (int) Math.max(RouteConstants.RTNEXTHOP_LENGTH, Bytes.align(length, Integer.BYTES));
      }
    }

    private static Optional<InetAddress> gateway(AttributeReader attributes) {
      InetAddress found = null;
      while (attributes.next()) {
        switch (attributes.type()) {
          case RouteConstants.RTA_GATEWAY -> found = attributes.address();
          case RouteConstants.RTA_VIA -> found = via(attributes);
          default -> {}
        }
      }
      return Optional.ofNullable(found);
    }

    /** The address behind its family. */
    private static InetAddress via(AttributeReader attribute) {
      return attribute.address(ADDRESS_FAMILY_LENGTH);
    }

    IpRoute route(NetlinkReader message, boolean ipv6) {
      boolean onlink = (message.int32(RTM_FLAGS) & RouteConstants.RTNH_F_ONLINK) != 0;
      if (hops.isEmpty() && (gateway != null || interfaceIndex != 0)) {
        hops.add(new Hop(Optional.ofNullable(gateway), interfaceIndex, 1, onlink));
      }
      IpNetwork to =
          destination == null
              ? IpNetwork.all(ipv6)
              : new IpNetwork(destination, message.u8(RTM_DST_LEN));
      Optional<IpNetwork> from =
          Optional.ofNullable(source)
              .map(address -> new IpNetwork(address, message.u8(RTM_SRC_LEN)));
      return new IpRoute(
          new IpRoute.Key(to, from, message.u8(RTM_TOS), table, metric),
          message.u8(RTM_TYPE),
          message.u8(RTM_SCOPE),
          protocol(message),
          Optional.ofNullable(preferredSource),
          hops,
          metrics);
    }
  }
}
