package io.keepstream.election.edge;

import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.config.WireConfig;
import io.keepstream.election.port.AdvertisementChannel;
import io.keepstream.election.vrrp.Advertisement;
import io.keepstream.election.vrrp.AdvertisementCodec;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.Ipv4;
import io.keepstream.election.vrrp.Protection;
import io.keepstream.election.vrrp.Route;
import io.keepstream.election.vrrp.Vrrp;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.socket.OutgoingPacket;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.List;

/**
 * Sends one virtual router's adverts. Packets are built when their priority changes and sent as
 * they are until then, but for what protects each of them anew.
 */
final class WireChannel implements AdvertisementChannel {
  private static final int NOT_BUILT = -1;
  private static final int LONGEST_ADDRESS_BYTES = 16;
  private static final int HEADERS_BYTES = 96;

  private record Prepared(Route route, OutgoingPacket packet) {}

  private final InstanceConfig config;
  private final Protection protection;
  private final AdvertSocket socket;
  private final Counters counters;
  private final List<InetAddress> addresses;
  private final List<Prepared> packets;
  private final int messageAt;
  private ChecksumForm form;
  private int builtPriority = NOT_BUILT;
  private int length;

  WireChannel(
      InstanceConfig config,
      Protection protection,
      AdvertSocket socket,
      Origin origin,
      Counters counters) {
    this.config = config;
    this.protection = protection;
    this.form = config.wire().forms().getFirst();
    this.socket = socket;
    this.counters = counters;
    this.addresses = config.addresses().stream().map(VirtualAddress::address).toList();
    this.messageAt = (config.ipv6() ? 0 : Ipv4.HEADER_BYTES) + protection.headerBytes();
    this.packets = config.wire().destinations().stream().map(to -> prepare(to, origin)).toList();
  }

  /** An upper bound of the length of the router's adverts, with all headers. */
  static int capacity(InstanceConfig config) {
    return HEADERS_BYTES + config.addresses().size() * LONGEST_ADDRESS_BYTES;
  }

  private Prepared prepare(InetAddress destination, Origin origin) {
    int hops = config.wire().unicast() ? config.wire().unicastHopLimit() : Vrrp.HOP_LIMIT;
    Route route = new Route(origin.source(), destination);
    OutgoingPacket packet =
        new OutgoingPacket(capacity(config), destination, origin.interfaceIndex());
    if (config.ipv6()) {
      packet.from(origin.source(), origin.interfaceIndex()).hopLimit(hops);
    } else {
      Ipv4.writeHeader(route, protection.protocol(), hops, packet.payload());
    }
    return new Prepared(route, packet);
  }

  /** Uses another checksum form from the next advert on. */
  void speak(ChecksumForm next) {
    if (next != form) {
      form = next;
      builtPriority = NOT_BUILT;
    }
  }

  @Override
  public void send(int priority) {
    if (priority != builtPriority) {
      build(priority);
    }
    protection.nextAdvert();
    boolean taken = false;
    for (Prepared each : packets) {
      OutgoingPacket packet = each.packet();
      int whole = protection.seal(each.route(), packet.payload(), messageAt, length);
      int sent = socket.send(packet, whole);
      taken |= sent >= 0;
      if (sent < 0) {
        counters.unsent(Errno.describe(-sent));
      }
    }
    if (taken) {
      counters.sent(priority);
    }
  }

  private void build(int priority) {
    WireConfig wire = config.wire();
    Advertisement advertisement =
        new Advertisement(wire.version(), wire.vrid(), priority, wire.intervalCentis(), addresses);
    for (Prepared each : packets) {
      MemorySegment message = each.packet().payload().asSlice(messageAt);
      length =
          messageAt
              + AdvertisementCodec.encode(
                  advertisement, wire.authentication(), form, each.route(), message);
    }
    builtPriority = priority;
  }
}
