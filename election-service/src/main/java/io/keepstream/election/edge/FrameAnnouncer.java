package io.keepstream.election.edge;

import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.port.Announcer;
import io.keepstream.linux.netlink.Link;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Announces one virtual router's addresses by frames on their interfaces, and knows when the
 * network was cut for a while, as far as this can be seen from here.
 */
final class FrameAnnouncer implements Announcer {
  private final FramePacer pacer;
  private final Supplier<List<VirtualAddress>> addresses;
  private final Set<String> cut = new HashSet<>();
  private Set<String> names;
  private boolean unheard;

  FrameAnnouncer(FramePacer pacer, Supplier<List<VirtualAddress>> addresses) {
    this.pacer = pacer;
    this.addresses = addresses;
    this.names = names(addresses.get());
  }

  @Override
  public void announce(int rounds) {
    announce(addresses.get(), rounds);
  }

  @Override
  public void forget() {
    unheard = false;
    pacer.forget(this);
  }

  /** Announces some of the addresses. */
  void announce(List<VirtualAddress> some, int rounds) {
    pacer.announce(this, some, rounds);
  }

  /** There are other addresses now; what still waits of those that have gone is dropped. */
  void addressesChanged() {
    names = names(addresses.get());
    cut.retainAll(names);
    pacer.retain(this, addresses.get());
  }

  /** A MASTER's advert has left this machine, or has not; whether the first one again has. */
  boolean advertSent(boolean sent) {
    boolean again = sent && unheard;
    unheard = !sent;
    return again;
  }

  /** Something is different about interfaces; whether one of ours can be used again. */
  boolean linksChanged(Interfaces interfaces) {
    boolean back = false;
    for (String name : names) {
      Link link = interfaces.link(name);
      boolean usable = link != null && link.usable();
      back |= usable && cut.remove(name);
      if (!usable) {
        cut.add(name);
      }
    }
    return back;
  }

  private static Set<String> names(List<VirtualAddress> addresses) {
    return addresses.stream().map(VirtualAddress::networkInterface).collect(Collectors.toSet());
  }
}
