package io.keepstream.election.edge;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.config.WireConfig;
import io.keepstream.election.machine.VirtualRouterConfig;
import io.keepstream.election.vrrp.Advertisement;
import io.keepstream.election.vrrp.AdvertisementCodec;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.Decoded;
import io.keepstream.election.vrrp.Packet;
import io.keepstream.election.vrrp.Protection;
import io.keepstream.election.vrrp.Receiver;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One virtual router's ear: what of the packets for its VRID is to be believed. */
final class Reception {
  private static final long NANOS_PER_CENTI = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int CENTI_DIGITS = 2;

  private final InstantSource wallClock;
  private final Counters counters;
  private WireConfig wire;
  private Protection protection;
  private Receiver receiver;

  Reception(InstanceConfig config, Counters counters, InstantSource wallClock) {
    this.counters = counters;
    this.wallClock = wallClock;
    wire = config.wire();
    protection = Protection.of(wire.authentication(), wire.signing(), wallClock);
    receiver = receiver(wire, config.addresses());
  }

  /** Believes by another configuration from now on. */
  void reconfigure(InstanceConfig next) {
    wire = next.wire();
    protection = protection.changedTo(wire.authentication(), wire.signing(), wallClock);
    receiver = receiver(wire, next.addresses());
  }

  /** What protects this router's adverts, in both directions. */
  Protection protection() {
    return protection;
  }

  /** The form of checksum to send. */
  ChecksumForm form() {
    return receiver.forms().getFirst();
  }

  /** Hands an advert that is to be believed to {@code shell}; what is not, is counted. */
  void hear(Packet packet, VirtualRouterShell shell) {
    if (shell.state() != VrrpState.BACKUP && shell.state() != VrrpState.MASTER) {
      counters.ignored();
      return;
    }
    switch (AdvertisementCodec.decode(receiver, protection, packet)) {
      case Decoded.Rejected rejected ->
          counters.rejected(rejected.reason(), packet.source().getHostAddress());
      case Decoded.Accepted accepted -> {
        Advertisement advertisement = accepted.advertisement();
        counters.received(advertisement.priority());
        if (advertisement.priority() == VirtualRouterConfig.OWNER_PRIORITY
            && shell.parameters().config().owner()) {
          counters.ownerConflict();
        }
        compare(accepted, packet.source(), shell.master());
        receiver = receiver.afterAccepting(accepted.form());
        shell.advertHeard(
            packet.source(),
            advertisement.priority(),
            advertisement.intervalCentis() * NANOS_PER_CENTI,
            packet.ageNanos());
      }
    }
  }

  /** Tells of what a believed advert has otherwise than we do. */
  private void compare(Decoded.Accepted accepted, InetAddress sender, InetAddress master) {
    Advertisement theirs = accepted.advertisement();
    boolean skip = wire.listening().skipAddressCheck() && sender.equals(master);
    if (accepted.addressesDiffer() && !skip) {
      counters.addressesDiffer(sender, () -> text(theirs.addresses()));
    }
    if (theirs.intervalCentis() != receiver.intervalCentis()) {
      counters.intervalDiffers(sender, () -> seconds(theirs.intervalCentis()));
    }
    boolean open =
        receiver.forms().size() > 1
            && (accepted.form() == ChecksumForm.OLD_UNICAST
                || receiver.forms().contains(ChecksumForm.MESSAGE_ONLY));
    if (open) {
      counters.checksumForm(sender, accepted.form());
    }
  }

  private static String seconds(int centis) {
    return BigDecimal.valueOf(centis, CENTI_DIGITS).toPlainString() + " s";
  }

  private static String text(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" "));
  }

  private static Receiver receiver(WireConfig wire, List<VirtualAddress> addresses) {
    return new Receiver(
        wire.version(),
        wire.vrid(),
        wire.intervalCentis(),
        addresses.stream().map(VirtualAddress::address).toList(),
        wire.authentication(),
        wire.forms(),
        wire.listening().checkPeers() ? wire.peers() : List.of());
  }
}
