package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.RouteChange.AddressChanged;
import io.keepstream.linux.netlink.RouteChange.AddressRemoved;
import io.keepstream.linux.netlink.RouteChange.LinkChanged;
import io.keepstream.linux.netlink.RouteChange.LinkRemoved;
import io.keepstream.linux.socket.FdChannel;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.RtNetlink;
import io.netty.channel.IoEventLoop;
import java.util.Optional;

/**
 * Tells of changes of links and addresses as they happen. Open it before reading the tables: what
 * changes in between is then told after {@link #start}, and nothing is missed.
 */
public final class RouteMonitor implements AutoCloseable {
  /** Who is told, on the event loop. */
  public interface Listener {
    void onChange(RouteChange change);

    /** The kernel had to drop news: what was known may be wrong, read the tables anew. */
    void onOverrun();

    /** Reading failed, or another callback has thrown; the monitor goes on. */
    void onError(Throwable cause);
  }

  private final NetlinkSocket socket;
  private volatile FdChannel channel;

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

  /** The number of the socket that listens. */
  int portId() {
    return socket.portId();
  }

  /** Starts to tell, on the loop's thread; once. */
  public void start(IoEventLoop loop, Listener listener) throws ErrnoException {
    NewsReading reading =
        new NewsReading(
            socket,
            message -> decode(message).ifPresent(listener::onChange),
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
      default -> Optional.empty();
    };
  }
}
