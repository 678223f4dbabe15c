package io.keepstream.election.edge;

import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.WireConfig;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.Packet;
import io.keepstream.election.vrrp.Protection;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Link;
import java.net.InetAddress;
import java.util.function.Consumer;

/**
 * One virtual router's hold on the wire: present while its interface and source address are, made
 * anew when either changes.
 */
final class Attachment {
  private final AdvertSockets sockets;
  private final Counters counters;
  private final Consumer<Packet> router;
  private InstanceConfig config;
  private Protection protection;
  private Origin origin;
  private AdvertSocket socket;
  private AdvertSocket.Key key;
  private WireChannel channel;
  private String fault;
  private boolean lost;

  Attachment(
      InstanceConfig config,
      Protection protection,
      AdvertSockets sockets,
      Counters counters,
      Consumer<Packet> router) {
    this.config = config;
    this.protection = protection;
    this.sockets = sockets;
    this.counters = counters;
    this.router = router;
  }

  /**
   * Follows {@code link} and {@code source}; either may be null, then {@link #settle} lets go. Why
   * it cannot, or null.
   */
  String follow(Link link, InetAddress source) {
    Origin next = link == null || source == null ? null : new Origin(source, link.index());
    lost = next == null;
    if (lost) {
      fault = null;
    } else if (!next.equals(origin)) {
      detach();
      attach(link, next);
    }
    return fault;
  }

  /** Lets go of what is lost; called after the last words have been said over it. */
  void settle() {
    if (lost) {
      detach();
    }
  }

  /** Speaks for another configuration from now on. */
  void reconfigure(InstanceConfig next, Protection nextProtection) {
    detach();
    config = next;
    protection = nextProtection;
  }

  /** Sends one advert; without a hold on the wire there is nobody to hear it. */
  void send(int priority) {
    if (channel != null) {
      channel.send(priority);
    }
  }

  /** Uses another checksum form from the next advert on. */
  void speak(ChecksumForm form) {
    if (channel != null) {
      channel.speak(form);
    }
  }

  /** Reads what has arrived. */
  void drain() {
    if (socket != null) {
      socket.drain();
    }
  }

  /** Packets on this router's socket that were for no router here. */
  long unknownVrids() {
    return socket == null ? 0 : socket.unknownVrids();
  }

  /** Lets go. */
  void detach() {
    if (key != null) {
      sockets.release(key, config.wire().vrid());
    }
    origin = null;
    key = null;
    socket = null;
    channel = null;
  }

  private void attach(Link link, Origin next) {
    WireConfig wire = config.wire();
    InetAddress local = wire.unicast() ? next.source() : wire.group();
    AdvertSocket.Key use = new AdvertSocket.Key(link.index(), local, protection.protocol());
    try {
      socket = sockets.acquire(link, use, listener(link));
      key = use;
      channel = new WireChannel(config, protection, socket, next, counters);
      origin = next;
      fault = null;
    } catch (ErrnoException e) {
      fault = "no VRRP socket on " + link.name() + ": " + e.getMessage() + advice(e);
    }
  }

  private AdvertSocket.Listener listener(Link link) {
    WireConfig.Listening listening = config.wire().listening();
    boolean hearsOthers = config.link().advertVmac() != null; // which have sockets of their own
    boolean tellsUnknown = listening.tellUnknownVrids() && !hearsOthers;
    return new AdvertSocket.Listener(
        config.wire().vrid(),
        listening.buffer().bytes(link.mtu(), WireChannel.capacity(config)),
        router,
        tellsUnknown ? counters::unknownVrid : null);
  }

  private static String advice(ErrnoException e) {
    return e.errno() == Errno.EPERM ? "; needs root or CAP_NET_RAW" : "";
  }
}
