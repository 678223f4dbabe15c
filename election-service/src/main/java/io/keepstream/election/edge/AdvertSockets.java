package io.keepstream.election.edge;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Link;
import io.netty.channel.IoEventLoop;
import java.util.HashMap;
import java.util.Map;

/** The sockets in use, one per interface and destination, opened by the first user of each. */
final class AdvertSockets {
  private final Libc libc;
  private final IoEventLoop loop;
  private final Map<AdvertSocket.Key, AdvertSocket> open = new HashMap<>();

  AdvertSockets(Libc libc, IoEventLoop loop) {
    this.libc = libc;
    this.loop = loop;
  }

  /** The socket of this use, on {@code link}, delivering to {@code listener}. */
  AdvertSocket acquire(Link link, AdvertSocket.Key key, AdvertSocket.Listener listener)
      throws ErrnoException {
    AdvertSocket socket = open.get(key);
    if (socket == null) {
      socket = AdvertSocket.open(libc, loop, link, key);
      open.put(key, socket);
    }
    socket.attach(listener);
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
