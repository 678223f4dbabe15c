package io.keepstream.node.doctor;

import io.keepstream.election.vrrp.Vrrp;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.Datagram;
import io.keepstream.linux.socket.RawIpSocket;
import io.keepstream.linux.socket.RawIpSocket.Family;
import io.keepstream.linux.wire.IpAddresses;
import io.keepstream.node.doctor.Facts.Heard;
import io.keepstream.node.doctor.Needs.Router;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Listens for the adverts of others on the interfaces of a configuration's instances. */
final class Ear implements AutoCloseable {
  private static final int HEADER_BYTES = 8;
  private static final int TYPE_ADVERTISEMENT = 1;
  private static final long PAUSE_MILLIS = 20;

  private record Place(String networkInterface, boolean ipv6) {}

  private final Map<Place, RawIpSocket> sockets = new LinkedHashMap<>();
  private final Datagram datagram = new Datagram(Vrrp.MAX_PACKET_BYTES);

  private Ear() {}

  /** Who was heard within {@code time}, each with its last advert. */
  static List<Heard> listen(Libc libc, List<Router> routers, Duration time)
      throws ErrnoException, InterruptedException {
    try (Ear ear = new Ear()) {
      for (Router router : routers) {
        ear.attend(libc, new Place(router.networkInterface(), router.ipv6()));
      }
      return ear.listen(System.nanoTime() + time.toNanos());
    }
  }

  private void attend(Libc libc, Place place) throws ErrnoException {
    int index = libc.if_nametoindex(place.networkInterface());
    if (index <= 0 || sockets.containsKey(place)) {
      return;
    }
    InetAddress group = place.ipv6() ? Vrrp.GROUP_6 : Vrrp.GROUP_4;
    sockets.put(
        place,
        RawIpSocket.open(
            libc,
            place.ipv6() ? Family.IPV6 : Family.IPV4,
            Vrrp.PROTOCOL,
            setup -> setup.device(place.networkInterface()).join(group, index)));
  }

  private List<Heard> listen(long untilNanos) throws InterruptedException {
    Map<List<Object>, Heard> heard = new LinkedHashMap<>();
    while (System.nanoTime() < untilNanos) {
      sockets.forEach((place, socket) -> drain(place, socket, heard));
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return new ArrayList<>(heard.values());
  }

  private void drain(Place place, RawIpSocket socket, Map<List<Object>, Heard> heard) {
    while (socket.receive(datagram) >= 0) {
      InetAddress sender = datagram.source().inet();
      Heard advert =
          read(place, sender, datagram.segment().asSlice(datagram.offset(), datagram.length()));
      if (advert != null) {
        heard.put(List.of(place, advert.vrid(), sender), advert);
      }
    }
  }

  /** Null when it is none; whether it is believed is not asked here. */
  private static Heard read(Place place, InetAddress sender, MemorySegment message) {
    int addressBytes = place.ipv6() ? 16 : 4;
    if (message.byteSize() < HEADER_BYTES || (octet(message, 0) & 0xF) != TYPE_ADVERTISEMENT) {
      return null;
    }
    int count = octet(message, 3);
    if (message.byteSize() < HEADER_BYTES + (long) count * addressBytes) {
      return null;
    }
    Set<InetAddress> addresses = new HashSet<>();
    for (int i = 0; i < count; i++) {
      addresses.add(
          IpAddresses.read(message, HEADER_BYTES + (long) i * addressBytes, addressBytes));
    }
    return new Heard(
        place.networkInterface(), octet(message, 1), sender, octet(message, 2), addresses);
  }

  private static int octet(MemorySegment message, long offset) {
    return Byte.toUnsignedInt(message.get(ValueLayout.JAVA_BYTE, offset));
  }

  @Override
  public void close() {
    sockets.values().forEach(RawIpSocket::close);
  }
}
