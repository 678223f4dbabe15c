package io.keepstream.election.edge;

import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.WireConfig;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.Packet;
import io.keepstream.election.vrrp.Protection;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.wire.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  private int earIndex;
  private final List<AdvertSocket.Key> keys = new ArrayList<>();
  private AdvertSocket socket;
  private AdvertSocket ear;
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
   *
   * @param vmac the interface that has the router's virtual MAC, or null. The kernel gives it alone
   *     what another router sends from the same MAC, so this is listened to as well when adverts
   *     leave from the base.
   */
  String follow(Link link, Link vmac, InetAddress source) {
    Origin next = link == null || source == null ? null : new Origin(source, link.index());
    lost = next == null;
    if (lost) {
      fault = null;
    } else if (!Objects.equals(origin, next) || index(vmac) != earIndex) {
      detach();
      attach(link, vmac, next);
    }
    return fault;
  }

  private static int index(Link link) {
    return link == null ? 0 : link.index();
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
    if (ear != null) {
      ear.drain();
    }
  }

  /** Packets on this router's socket that were for no router here. */
  long unknownVrids() {
    return socket == null ? 0 : socket.unknownVrids();
  }

  /** Lets go. */
  void detach() {
    keys.forEach(key -> sockets.release(key, config.wire().vrid()));
    keys.clear();
    origin = null;
    earIndex = 0;
    socket = null;
    ear = null;
    channel = null;
  }

  private void attach(Link link, Link vmac, Origin next) {
    try {
      socket = acquire(link, null, next.source());
      if (vmac != null && index(vmac) != index(link)) {
        ear = acquire(vmac, vmac.mac(), next.source());
      }
      channel = new WireChannel(config, protection, socket, next, counters);
      origin = next;
      earIndex = index(vmac);
      fault = null;
    } catch (ErrnoException e) {
      detach();
      fault = "no VRRP socket on " + link.name() + ": " + e.getMessage() + advice(e);
    }
  }

  private AdvertSocket acquire(Link on, MacAddress sender, InetAddress source)
      throws ErrnoException {
    WireConfig wire = config.wire();
    InetAddress local = wire.unicast() ? source : wire.group();
    AdvertSocket.Key key = new AdvertSocket.Key(on.index(), local, protection.protocol(), sender);
    AdvertSocket acquired = sockets.acquire(on, key, listener(on, sender));
    keys.add(key);
    return acquired;
  }

  private AdvertSocket.Listener listener(Link link, MacAddress sender) {
    WireConfig.Listening listening = config.wire().listening();
    boolean hearsOthers = sender != null || config.link().advertVmac() != null;
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
