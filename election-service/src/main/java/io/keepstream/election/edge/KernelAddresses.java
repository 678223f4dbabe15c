package io.keepstream.election.edge;

import io.keepstream.contract.event.VipEvent;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.port.AddressTable;
import io.keepstream.election.port.Publishing;
import io.keepstream.linux.netlink.Address;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.netlink.Outcome;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.wire.RtNetlink;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One virtual router's addresses in the kernel, by rtnetlink. */
final class KernelAddresses implements AddressTable {
  private String instance;
  private final RouteNetlink netlink;
  private final Interfaces interfaces;
  private final Publishing publishing;
  private final boolean owner;
  private List<VirtualAddress> addresses;

  KernelAddresses(
      InstanceConfig config, RouteNetlink netlink, Interfaces interfaces, Publishing publishing) {
    this.instance = config.router().instance();
    this.netlink = netlink;
    this.interfaces = interfaces;
    this.publishing = publishing;
    this.owner = config.machine().owner();
    this.addresses = all(config);
  }

  static List<VirtualAddress> all(InstanceConfig config) {
    List<VirtualAddress> all = new ArrayList<>(config.addresses());
    all.addAll(config.excluded());
    return all;
  }

  void renamed(String next) {
    instance = next;
  }

  /** The addresses as configured now. */
  List<VirtualAddress> addresses() {
    return addresses;
  }

  @Override
  public void claim() {
    add(addresses);
  }

  @Override
  public void release() {
    remove(addresses.reversed());
  }

  /**
   * Goes over to another list: while we are MASTER only the difference is set and removed.
   *
   * @return the addresses that are new
   */
  List<VirtualAddress> replace(List<VirtualAddress> next, boolean claimed) {
    List<VirtualAddress> gone = new ArrayList<>(addresses);
    gone.removeAll(next);
    List<VirtualAddress> fresh = new ArrayList<>(next);
    fresh.removeAll(addresses);
    addresses = List.copyOf(next);
    if (claimed) {
      remove(gone.reversed());
      add(fresh);
    }
    return fresh;
  }

  /** Removes what an earlier run has left behind; an owner's addresses are its own and stay. */
  void removeLeftovers(Collection<Address> present) {
    if (owner) {
      return;
    }
    for (VirtualAddress each : addresses) {
      Link link = interfaces.link(each.networkInterface());
      if (link != null
          && present.stream().anyMatch(address -> address.key().equals(key(link, each)))
          && netlink.deleteAddress(wanted(link, each)) instanceof Outcome.Done) {
        publishing.publish(new VipEvent.LeftoverRemoved(each.text(), link.name()));
      }
    }
  }

  private void add(List<VirtualAddress> wanted) {
    for (VirtualAddress each : wanted) {
      Link link = interfaces.link(each.networkInterface());
      if (link == null) {
        failed(each, "the interface does not exist");
        continue;
      }
      switch (netlink.addAddress(wanted(link, each))) {
        case Outcome.Done done ->
            publishing.publish(new VipEvent.Claimed(instance, each.text(), link.name()));
        case Outcome.AlreadyThere there ->
            publishing.publish(new VipEvent.Adopted(instance, each.text(), link.name()));
        case Outcome.Absent absent -> failed(each, "the interface has gone");
        case Outcome.Failed failure -> failed(each, "not set: " + failure);
      }
    }
  }

  private void remove(List<VirtualAddress> unwanted) {
    for (VirtualAddress each : unwanted) {
      Link link = interfaces.link(each.networkInterface());
      if (link == null || owner) {
        continue; // an address goes with its interface, and an owner keeps its own
      }
      switch (netlink.deleteAddress(wanted(link, each))) {
        case Outcome.Done done ->
            publishing.publish(new VipEvent.Released(instance, each.text(), link.name()));
        case Outcome.AlreadyThere there -> {}
        case Outcome.Absent absent -> {}
        case Outcome.Failed failure -> failed(each, "not removed: " + failure);
      }
    }
  }

  private void failed(VirtualAddress address, String detail) {
    publishing.publish(
        new VipEvent.Failed(instance, address.text(), address.networkInterface(), detail));
  }

  private static Address.Key key(Link link, VirtualAddress address) {
    return new Address.Key(link.index(), address.address(), address.prefixLength());
  }

  private static Address wanted(Link link, VirtualAddress each) {
    Address.Builder builder =
        Address.of(link.index(), each.address(), each.prefixLength())
            .scope(each.scope())
            .flags(flags(each))
            .lifetimes(each.preferredSeconds(), Address.FOREVER);
    if (each.label() != null) {
      builder.label(each.label());
    }
    if (each.broadcast() != null) {
      builder.broadcast(each.broadcast());
    }
    if (each.peer() != null) {
      builder.peer(each.peer());
    }
    return builder.build();
  }

  private static int flags(VirtualAddress each) {
    boolean noDad = each.address() instanceof Inet6Address && !each.duplicateDetection();
    return (noDad ? RtNetlink.IFA_F_NODAD : 0)
        | (each.noPrefixRoute() ? RtNetlink.IFA_F_NOPREFIXROUTE : 0);
  }
}
