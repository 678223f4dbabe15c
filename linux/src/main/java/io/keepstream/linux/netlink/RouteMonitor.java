package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.RouteChange.AddressChanged;
import io.keepstream.linux.netlink.RouteChange.AddressRemoved;
import io.keepstream.linux.netlink.RouteChange.LinkChanged;
import io.keepstream.linux.netlink.RouteChange.LinkRemoved;
import io.keepstream.linux.netlink.RouteChange.RouteRemoved;
import io.keepstream.linux.netlink.RouteChange.RouteSet;
import io.keepstream.linux.netlink.RouteChange.RuleAdded;
import io.keepstream.linux.netlink.RouteChange.RuleRemoved;
import io.keepstream.linux.socket.FdChannel;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.RouteConstants;
import io.keepstream.linux.wire.RtNetlink;
import io.netty.channel.IoEventLoop;
import java.util.Optional;

/**
 * Tells of changes of links and addresses, and of routes and rules if asked to, as they happen.
 * Open it before reading the tables: what changes in between is then told after {@link #start}, and
 * nothing is missed.
 */
public final class RouteMonitor implements AutoCloseable {
  /** Who is told, on the event loop. */
  public interface Listener {
    void onChange(RouteChange change);

    /** The changes that were waiting have been told; called once after any number of them. */
    default void onSettled() {}

    /** The kernel had to drop news: what was known may be wrong, read the tables anew. */
    void onOverrun();

    /** Reading failed, or another callback has thrown; the monitor goes on. */
    void onError(Throwable cause);
  }

  private static final int NO_PROTOCOL = -1;

  private final NetlinkSocket socket;
  private volatile FdChannel channel;
  private volatile int routeProtocol = NO_PROTOCOL;

  private RouteMonitor(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Starts to collect news, in the calling thread's network namespace.
   *
   * @param receiveBufferBytes how much may wait before the kernel drops news
   */
  public static RouteMonitor open(Libc libc, int receiveBufferBytes) throws ErrnoException {
    return new RouteMonitor(
        NetlinkSocket.open(
            libc,
            Netlink.NETLINK_ROUTE,
            receiveBufferBytes,
            RtNetlink.RTNLGRP_LINK,
            RtNetlink.RTNLGRP_IPV4_IFADDR,
            RtNetlink.RTNLGRP_IPV6_IFADDR));
  }

  /**
   * Tells of routes that {@code protocol} has set too, of others that take a route's place, and of
   * all rules. Open it before reading them.
   */
  public void followRoutes(int protocol) throws ErrnoException {
    routeProtocol = protocol;
    socket.join(
        RouteConstants.RTNLGRP_IPV4_ROUTE,
        RouteConstants.RTNLGRP_IPV4_RULE,
        RouteConstants.RTNLGRP_IPV6_ROUTE,
        RouteConstants.RTNLGRP_IPV6_RULE);
  }

  /** The number of the socket that listens. */
  int portId() {
    return socket.portId();
  }

  /** Starts to tell, on the loop's thread; once. */
  public void start(IoEventLoop loop, Listener listener) throws ErrnoException {
    NewsReading reading =
        new NewsReading(
            socket,
            message -> tell(message, listener),
            listener::onSettled,
            listener::onOverrun,
            listener::onError);
    channel = FdChannel.open(loop, socket.fd(), Interest.READ, reading);
  }

  /** Stops; from other threads than the loop's a moment later. */
  @Override
  public void close() {
    if (channel != null) {
      channel.close();
    } else {
      socket.close();
    }
  }

  /** Routes of others only matter when they take the place of one of ours. */
  private boolean concerns(NetlinkReader message) {
    boolean route =
        message.type() == RouteConstants.RTM_NEWROUTE
            || message.type() == RouteConstants.RTM_DELROUTE;
    return !route || replaces(message) || RouteMessages.protocol(message) == routeProtocol;
  }

  private static boolean replaces(NetlinkReader message) {
    return (message.flags() & Netlink.NLM_F_REPLACE) != 0;
  }

  static Optional<RouteChange> decode(NetlinkReader message) {
    int portId = message.portId();
    return switch (message.type()) {
      case RtNetlink.RTM_NEWLINK ->
          LinkMessages.decode(message).map(link -> new LinkChanged(link, portId));
      case RtNetlink.RTM_DELLINK ->
          LinkMessages.decode(message).map(link -> new LinkRemoved(link, portId));
      case RtNetlink.RTM_NEWADDR ->
          AddressMessages.decode(message).map(address -> new AddressChanged(address, portId));
      case RtNetlink.RTM_DELADDR ->
          AddressMessages.decode(message).map(address -> new AddressRemoved(address, portId));
      case RouteConstants.RTM_NEWROUTE ->
          RouteMessages.decode(message)
              .map(route -> new RouteSet(route, replaces(message), portId));
      case RouteConstants.RTM_DELROUTE ->
          RouteMessages.decode(message).map(route -> new RouteRemoved(route, portId));
      case RouteConstants.RTM_NEWRULE ->
          RuleMessages.decode(message).map(rule -> new RuleAdded(rule, portId));
      case RouteConstants.RTM_DELRULE ->
          RuleMessages.decode(message).map(rule -> new RuleRemoved(rule, portId));
      default -> Optional.empty();
    };
  }

  private void tell(NetlinkReader message, Listener listener) {
    if (concerns(message)) {
      decode(message).ifPresent(listener::onChange);
    }
  }
}
