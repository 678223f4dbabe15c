package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.RtNetlink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes and changes interfaces, see rtnetlink(7). Needs CAP_NET_ADMIN. */
public final class LinkNetlink {
  private static final int UNCHANGED = 0;

  private final NetlinkSocket socket;

  /** Uses the socket of {@code netlink}, which stays its owner. */
  public LinkNetlink(RouteNetlink netlink) {
    this.socket = netlink.socket();
  }

  /** Makes a macvlan; it is down. {@code AlreadyThere} if any interface has its name. */
  public Outcome add(Macvlan macvlan) {
    NetlinkMessage message =
        new NetlinkMessage(
            RtNetlink.RTM_NEWLINK,
            Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL,
            body -> {
              header(body, 0, UNCHANGED);
              body.attrU32(RtNetlink.IFLA_LINK, macvlan.lowerIndex());
              body.attrString(RtNetlink.IFLA_IFNAME, macvlan.name());
              body.attr(RtNetlink.IFLA_ADDRESS, mac -> mac.putMac(macvlan.mac()));
              body.attrU32(RtNetlink.IFLA_GROUP, macvlan.group());
              body.nested(RtNetlink.IFLA_LINKINFO, LinkNetlink::privateMode);
            });
    return Outcome.ofAddition(socket.transact(message));
  }

  private static void privateMode(NetlinkWriter info) {
    info.attrString(RtNetlink.IFLA_INFO_KIND, RtNetlink.KIND_MACVLAN);
    info.nested(
        RtNetlink.IFLA_INFO_DATA,
        data -> data.attrU32(RtNetlink.IFLA_MACVLAN_MODE, RtNetlink.MACVLAN_MODE_PRIVATE));
  }

  /** Sets IPv4 settings of an interface, {@code IPV4_DEVCONF_} numbers. */
  public Outcome setIpv4(int index, Map<Integer, Integer> settings) {
    return change(
        index,
        UNCHANGED,
        body ->
            body.nested(
                RtNetlink.IFLA_AF_SPEC,
                families ->
                    families.nested(
                        SocketConstants.AF_INET,
                        inet ->
                            inet.nested(
                                RtNetlink.IFLA_INET_CONF,
                                conf -> settings.forEach(conf::attrU32)))));
  }

  /** Has the kernel derive no IPv6 link-local address from the interface's own. */
  public Outcome deriveNoIpv6Address(int index) {
    return change(
        index,
        UNCHANGED,
        body ->
            body.nested(
                RtNetlink.IFLA_AF_SPEC,
                families ->
                    families.nested(
                        SocketConstants.AF_INET6,
                        inet6 ->
                            inet6.attrU8(
                                RtNetlink.IFLA_INET6_ADDR_GEN_MODE,
                                RtNetlink.IN6_ADDR_GEN_MODE_NONE))));
  }

  /** Switches an interface on. */
  public Outcome up(int index) {
    return change(index, RtNetlink.IFF_UP, body -> {});
  }

  /** Puts an interface into a group; the kernel tells of it even if it was in that group. */
  public Outcome setGroup(int index, int group) {
    return change(index, UNCHANGED, body -> body.attrU32(RtNetlink.IFLA_GROUP, group));
  }

  /** Removes an interface. */
  public Outcome delete(int index) {
    Ack ack =
        socket.transact(
            new NetlinkMessage(RtNetlink.RTM_DELLINK, 0, body -> header(body, index, UNCHANGED)));
    return switch (ack) {
      case Ack.Done _ -> new Outcome.Done();
      case Ack.Refused(int errno, String _) when errno == Errno.ENODEV -> new Outcome.Absent();
      case Ack.Refused(int errno, String text) -> new Outcome.Failed(errno, text);
      case Ack.Lost(int errno) -> new Outcome.Failed(errno, "no answer");
    };
  }

  /** The interface of this name as it is now; empty if there is none. */
  public Optional<Link> find(String name) throws ErrnoException {
    try {
      return get(0, name, LinkMessages::decode);
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENODEV) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The group an interface is in, 0 if that is not known. */
  public int group(int index) {
    try {
      return get(index, "", LinkNetlink::decodeGroup).orElse(0);
    } catch (ErrnoException e) {
      return 0;
    }
  }

  private <T> Optional<T> get(int index, String name, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException {
    List<T> found =
        socket.get(
            new NetlinkMessage(
                RtNetlink.RTM_GETLINK,
                0,
                body -> {
                  header(body, index, UNCHANGED);
                  if (!name.isEmpty()) {
                    body.attrString(RtNetlink.IFLA_IFNAME, name);
                  }
                }),
            decode);
    return found.stream().findFirst();
  }

  private static Optional<Integer> decodeGroup(NetlinkReader message) {
    AttributeReader attributes = message.attributes(RtNetlink.IFINFOMSG_LENGTH);
    while (attributes.next()) {
      if (attributes.type() == RtNetlink.IFLA_GROUP) {
        return Optional.of(attributes.int32());
      }
    }
    return Optional.empty();
  }

  private Outcome change(int index, int flags, Consumer<NetlinkWriter> attributes) {
    return Outcome.ofAddition(
        socket.transact(
            new NetlinkMessage(
                RtNetlink.RTM_NEWLINK,
                0,
                body -> {
                  header(body, index, flags);
                  attributes.accept(body);
                })));
  }

  /** Flags are set, and none is cleared. */
  private static void header(NetlinkWriter body, int index, int flags) {
    body.putU8(SocketConstants.AF_UNSPEC).putU8(0).putU16(0);
    body.putU32(index).putU32(flags).putU32(flags);
  }
}
