package io.keepstream.election.edge;

import io.keepstream.election.announce.Announcements;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.port.Announcer;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.socket.PacketSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Announces addresses by frames written straight onto their interfaces. */
final class FrameAnnouncer implements Announcer {
  private final PacketSocket socket;
  private final Interfaces interfaces;
  private final Supplier<List<VirtualAddress>> addresses;
  private final MemorySegment frame = Arena.ofAuto().allocate(Announcements.MAX_FRAME_BYTES);

  FrameAnnouncer(
      PacketSocket socket, Interfaces interfaces, Supplier<List<VirtualAddress>> addresses) {
    this.socket = socket;
    this.interfaces = interfaces;
    this.addresses = addresses;
  }

  @Override
  public void announce(int rounds) {
    announce(addresses.get(), rounds);
  }

  /** Announces some of the addresses. */
  void announce(List<VirtualAddress> some, int rounds) {
    Map<String, Boolean> routers = new HashMap<>();
    for (int round = 0; round < rounds; round++) {
      some.forEach(address -> send(address, routers));
    }
  }

  private void send(VirtualAddress address, Map<String, Boolean> routers) {
    Link link = interfaces.link(address.networkInterface());
    if (socket == null || link == null || link.noArp()) {
      return;
    }
    boolean router =
        address.address() instanceof Inet6Address
            && routers.computeIfAbsent(link.name(), Interfaces::forwards);
    int length = Announcements.write(address.address(), link.mac(), router, frame);
    socket.send(link.index(), frame, length);
  }
}
