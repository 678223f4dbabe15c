package io.keepstream.election.edge;

import io.keepstream.election.vrrp.Packet;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Link;
import io.netty.channel.IoEventLoop;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The sockets in use, one per interface and destination, opened by the first user of each. */
final class AdvertSockets {
  private final Libc libc;
  private final IoEventLoop loop;
  private final Map<AdvertSocket.Key, AdvertSocket> open = new HashMap<>();

  AdvertSockets(Libc libc, IoEventLoop loop) {
    this.libc = libc;
    this.loop = loop;
  }

  /** The socket for adverts to {@code local} on {@code link}, delivering {@code vrid}. */
  AdvertSocket acquire(Link link, InetAddress local, int vrid, Consumer<Packet> router)
      throws ErrnoException {
    AdvertSocket.Key key = new AdvertSocket.Key(link.index(), local);
    AdvertSocket socket = open.get(key);
    if (socket == null) {
      socket = AdvertSocket.open(libc, loop, link, local);
      open.put(key, socket);
    }
    socket.attach(vrid, router);
    return socket;
  }

  /** Gives up what {@link #acquire} gave; the last user closes. */
  void release(AdvertSocket.Key key, int vrid) {
    AdvertSocket socket = open.get(key);
    if (socket != null) {
      socket.detach(vrid);
      if (socket.unused()) {
        open.remove(key);
        socket.close();
      }
    }
  }
}
