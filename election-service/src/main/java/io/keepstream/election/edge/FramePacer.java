package io.keepstream.election.edge;

import io.keepstream.election.announce.AnnouncementQueue;
import io.keepstream.election.announce.AnnouncementQueue.Turn;
import io.keepstream.election.announce.Announcements;
import io.keepstream.election.announce.Pacing;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.port.Publishing;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.socket.PacketSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Writes the announcements of all virtual routers onto their interfaces, as fast as the configured
 * gaps allow, and never so many of one router at a time that an advert would have to wait for them.
 */
final class FramePacer implements AutoCloseable {
  /** How long an advert may have to wait; some hundred frames take as long. */
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final PacketSocket socket;
  private final Interfaces interfaces;
  private final Publishing publishing;
  private final LoopAlarm alarm;
  private final AnnouncementQueue<FrameAnnouncer, VirtualAddress> queue = new AnnouncementQueue<>();
  private final MemorySegment frame = Arena.ofAuto().allocate(Announcements.MAX_FRAME_BYTES);
  private Pacing pacing = Pacing.NONE;
  private Map<String, String> bases = Map.of();

  /**
   * A pacer on the loop of {@code alarms}.
   *
   * @param socket null without the right to send frames; then nothing is announced
   */
  FramePacer(PacketSocket socket, Interfaces interfaces, Publishing publishing, Alarms alarms) {
    this.socket = socket;
    this.interfaces = interfaces;
    this.publishing = publishing;
    this.alarm = new LoopAlarm(alarms, this::work);
  }

  /**
   * Puts other gaps in force; what waits already goes by the old ones.
   *
   * @param vmacBases which interface carries the frames of each VMAC
   */
  void reconfigure(Pacing next, Map<String, String> vmacBases) {
    pacing = next;
    bases = vmacBases;
  }

  /** Announces each of {@code addresses} so many times, what is possible of it at once. */
  void announce(FrameAnnouncer owner, List<VirtualAddress> addresses, int rounds) {
    long nowNanos = publishing.nowNanos();
    for (VirtualAddress address : addresses) {
      Pacing.Lane lane =
          pacing.lane(
              bases.getOrDefault(address.networkInterface(), address.networkInterface()),
              address.address() instanceof Inet6Address);
      queue.add(new Turn<>(owner, address), lane, rounds, nowNanos);
    }
    work();
  }

  /** Drops what {@code owner} still wanted to announce. */
  void forget(FrameAnnouncer owner) {
    queue.forget(owner);
  }

  /** Drops what {@code owner} still wanted to announce besides {@code addresses}. */
  void retain(FrameAnnouncer owner, Collection<VirtualAddress> addresses) {
    queue.retain(owner, Set.copyOf(addresses));
  }

  private void work() {
    Map<String, Boolean> routers = new HashMap<>();
    long begunNanos = publishing.nowNanos();
    long nowNanos = begunNanos;
    Turn<FrameAnnouncer, VirtualAddress> turn = queue.poll(nowNanos);
    while (turn != null) {
      send(turn.address(), routers);
      nowNanos = publishing.nowNanos();
      turn = nowNanos - begunNanos < LONGEST_NANOS ? queue.poll(nowNanos) : null;
    }
    alarm.rearm(queue.deadlineNanos());
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

  @Override
  public void close() {
    alarm.rearm(AnnouncementQueue.NEVER);
    if (socket != null) {
      socket.close();
    }
  }
}
