package io.keepstream.election.edge;

import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdEvent;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.value.AddressText;
import io.keepstream.election.bfd.ControlPacket;
import io.keepstream.election.bfd.ControlPacketCodec;
import io.keepstream.election.bfd.Decoded;
import io.keepstream.election.bfd.Intervals;
import io.keepstream.election.bfd.RejectReason;
import io.keepstream.election.bfd.Session;
import io.keepstream.election.config.BfdConfig;
import io.keepstream.election.port.BfdPorts;
import io.keepstream.linux.libc.Errno;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** One BFD session on this machine: its shell, its hold on the wire and its counters. */
final class BfdInstance {
  private final BfdWorld world;
  private final String neighbor;
  private final BfdCounters counters;
  private final BfdLink link;
  private final BfdShell shell;
  private BfdConfig config;
  private String toldFault;

  BfdInstance(BfdConfig config, long discriminator, BfdWorld world) {
    this.config = config;
    this.world = world;
    neighbor = AddressText.of(config.ends().neighbor());
    counters = new BfdCounters(config.name(), neighbor, world.publishing());
    link = new BfdLink(config, world, this::receive);
    shell =
        new BfdShell(
            config.name(),
            neighbor,
            config.session(),
            discriminator,
            new BfdPorts(
                this::send,
                new LoopAlarm(world.alarms(), this::alarmRang),
                world.publishing(),
                world.dice()::nextDouble,
                world.verdictChanged()));
  }

  BfdConfig config() {
    return config;
  }

  long discriminator() {
    return shell.session().discriminator();
  }

  /** What trackers are told. */
  boolean reachable() {
    return shell.reachable();
  }

  void start() {
    refresh();
    shell.start();
  }

  /** Looks again at the addresses of this machine. */
  void refresh() {
    String fault = link.follow();
    if (fault != null && !Objects.equals(fault, toldFault)) {
      world.publishing().publish(new BfdEvent.Failed(config.name(), neighbor, fault));
    }
    toldFault = fault;
  }

  /** Goes over to another configuration of the same session. */
  void reconfigure(BfdConfig next) {
    if (next.equals(config)) {
      return;
    }
    config = next;
    link.reconfigure(next);
    refresh();
    shell.configChanged(next.session());
  }

  /** Leaves politely. */
  void shutdown() {
    shell.shutdown();
    link.detach();
  }

  ServiceState.BfdSession state() {
    Session session = shell.session();
    return new ServiceState.BfdSession(
        config.name(),
        neighbor,
        session.state(),
        shell.ageMillis(),
        session.diagnostic(),
        session.remoteState(),
        session.heard() == null ? BfdDiagnostic.NONE : session.heard().packet().diagnostic(),
        Intervals.transmitMicros(session),
        Intervals.detectionMicros(session),
        link.fault(),
        counters.values());
  }

  /** What has arrived is read first: silence is judged by all that is known. */
  private void alarmRang() {
    long rangNanos = world.publishing().nowNanos();
    link.drain();
    shell.alarmRang(rangNanos);
  }

  private void send(ControlPacket packet) {
    if (!link.attached()) {
      refresh();
    }
    if (!link.attached()) {
      return;
    }
    int sent = link.send(packet);
    if (sent < 0) {
      counters.unsent(Errno.describe(-sent));
    } else {
      counters.sent();
    }
  }

  private void receive(MemorySegment message, int hopLimit) {
    if (hopLimit < config.leastHopLimit()) {
      counters.rejected(
          RejectReason.HOP_LIMIT,
          "%s %d, at least %d wanted"
              .formatted(
                  config.ends().ipv6() ? "hop limit" : "TTL", hopLimit, config.leastHopLimit()));
      return;
    }
    switch (ControlPacketCodec.decode(message)) {
      case Decoded.Rejected rejected -> counters.rejected(rejected.reason(), null);
      case Decoded.Accepted accepted -> accept(accepted.packet());
    }
  }

  private void accept(ControlPacket packet) {
    if (packet.yourDiscriminator() != 0 && packet.yourDiscriminator() != discriminator()) {
      counters.rejected(RejectReason.YOUR_DISCRIMINATOR, null);
      return;
    }
    counters.received();
    shell.packetHeard(packet);
  }
}
