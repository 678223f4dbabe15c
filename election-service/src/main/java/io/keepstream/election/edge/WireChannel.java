package io.keepstream.election.edge;

import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.config.WireConfig;
import io.keepstream.election.port.AdvertisementChannel;
import io.keepstream.election.vrrp.Advertisement;
import io.keepstream.election.vrrp.AdvertisementCodec;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.Ipv4;
import io.keepstream.election.vrrp.Route;
import io.keepstream.election.vrrp.Vrrp;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.socket.OutgoingPacket;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.List;

/**
 * Sends one virtual router's adverts. Packets are built when their priority changes and sent as
 * they are until then.
 */
final class WireChannel implements AdvertisementChannel {
  private static final int NOT_BUILT = -1;
  private static final int LONGEST_ADDRESS_BYTES = 16;
  private static final int HEADERS_BYTES = 64;

  private record Prepared(Route route, OutgoingPacket packet) {}

  private final InstanceConfig config;
  private final AdvertSocket socket;
  private final Counters counters;
  private final List<InetAddress> addresses;
  private final List<Prepared> packets;
  private ChecksumForm form;
  private int builtPriority = NOT_BUILT;
  private int length;

  WireChannel(InstanceConfig config, AdvertSocket socket, Origin origin, Counters counters) {
    this.config = config;
    this.form = config.wire().forms().getFirst();
    this.socket = socket;
    this.counters = counters;
    this.addresses = config.addresses().stream().map(VirtualAddress::address).toList();
    WireConfig wire = config.wire();
    List<InetAddress> destinations = wire.unicast() ? wire.peers() : List.of(wire.group());
    this.packets = destinations.stream().map(to -> prepare(to, origin)).toList();
  }

  private Prepared prepare(InetAddress destination, Origin origin) {
    int capacity = HEADERS_BYTES + addresses.size() * LONGEST_ADDRESS_BYTES;
    Route route = new Route(origin.source(), destination);
    OutgoingPacket packet = new OutgoingPacket(capacity, destination, origin.interfaceIndex());
    if (config.ipv6()) {
      packet.from(origin.source(), origin.interfaceIndex());
    } else {
      int hops = config.wire().unicast() ? config.wire().unicastHopLimit() : Vrrp.HOP_LIMIT;
      Ipv4.writeHeader(route, hops, packet.payload());
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
    for (Prepared each : packets) {
      int sent = socket.send(each.packet(), length);
      if (sent < 0) {
        counters.unsent(Errno.describe(-sent));
      }
    }
    counters.sent(priority);
  }

  private void build(int priority) {
    WireConfig wire = config.wire();
    Advertisement advertisement =
        new Advertisement(wire.version(), wire.vrid(), priority, wire.intervalCentis(), addresses);
    int headerBytes = config.ipv6() ? 0 : Ipv4.HEADER_BYTES;
    for (Prepared each : packets) {
      MemorySegment message = each.packet().payload().asSlice(headerBytes);
      length =
          headerBytes
              + AdvertisementCodec.encode(
                  advertisement, wire.authentication(), form, each.route(), message);
    }
    builtPriority = priority;
  }
}
