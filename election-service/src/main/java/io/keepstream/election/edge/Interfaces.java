package io.keepstream.election.edge;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Address;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.netlink.RouteChange;
import io.keepstream.linux.netlink.RouteNetlink;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The links and addresses of this network namespace, as netlink tells them. */
final class Interfaces {
  private record Family(int interfaceIndex, boolean ipv6) {}

  private final Map<Integer, Link> links = new HashMap<>();
  private final Map<String, Link> byName = new HashMap<>();
  private final Map<Address.Key, Address> addresses = new LinkedHashMap<>();

  /** What adverts may come from, until anything changes: a thousand routers ask every time. */
  private final Map<Family, List<InetAddress>> own = new HashMap<>();

  /** Reads everything anew; when that fails, what was known stays. */
  void read(RouteNetlink netlink) throws ErrnoException {
    List<Link> freshLinks = netlink.links();
    List<Address> freshAddresses = netlink.addresses();
    links.clear();
    byName.clear();
    addresses.clear();
    freshLinks.forEach(this::put);
    freshAddresses.forEach(address -> addresses.put(address.key(), address));
    own.clear();
  }

  /** Takes in one piece of news. */
  void apply(RouteChange change) {
    own.clear();
    switch (change) {
      case RouteChange.LinkChanged(Link link, int port) -> put(link);
      case RouteChange.LinkRemoved(Link link, int port) -> {
        remove(links.remove(link.index()));
        addresses.keySet().removeIf(key -> key.interfaceIndex() == link.index());
      }
      case RouteChange.AddressChanged(Address address, int port) ->
          addresses.put(address.key(), address);
      case RouteChange.AddressRemoved(Address address, int port) -> addresses.remove(address.key());
      case RouteChange.RouteSet _,
          RouteChange.RouteRemoved _,
          RouteChange.RuleAdded _,
          RouteChange.RuleRemoved _ -> {}
    }
  }

  /** The link of this name, or null. */
  Link link(String name) {
    return byName.get(name);
  }

  /** The link of this index, or null. */
  Link link(int index) {
    return links.get(index);
  }

  /** All links. */
  Collection<Link> links() {
    return links.values();
  }

  /** The name of the link of this number, or the number if there is none. */
  String name(int index) {
    Link link = links.get(index);
    return link == null ? String.valueOf(index) : link.name();
  }

  /** The address that is there now, or null. */
  Address address(Address.Key key) {
    return addresses.get(key);
  }

  /** All addresses. */
  Collection<Address> addresses() {
    return addresses.values();
  }

  /** Whether some interface has this address, not as one of {@code others}, and may use it. */
  boolean has(InetAddress address, Collection<Address.Key> others) {
    return addresses.values().stream()
        .filter(each -> !each.tentative() && !each.duplicate())
        .filter(each -> !others.contains(each.key()))
        .anyMatch(each -> each.key().address().equals(address));
  }

  /**
   * The address adverts come from: the first one that is not virtual, neither in {@code virtual}
   * nor set by us for any instance; for IPv6 a link-local one that is past duplicate detection.
   * Null when there is none.
   */
  InetAddress primaryAddress(Link link, boolean ipv6, Set<InetAddress> virtual) {
    return own.computeIfAbsent(new Family(link.index(), ipv6), this::ownAddresses).stream()
        .filter(address -> !virtual.contains(address))
        .findFirst()
        .orElse(null);
  }

  private List<InetAddress> ownAddresses(Family family) {
    return addresses.values().stream()
        .filter(address -> address.key().interfaceIndex() == family.interfaceIndex())
        .filter(address -> family.ipv6() == address.key().address() instanceof Inet6Address)
        .filter(address -> !family.ipv6() || address.key().address().isLinkLocalAddress())
        .filter(address -> !address.tentative() && !address.duplicate())
        .filter(address -> address.protocol() != Address.PROTOCOL_KEEPALIVED)
        .map(address -> address.key().address())
        .toList();
  }

  /** Whether an interface forwards IPv6 packets, which neighbour advertisements say. */
  static boolean forwards(String name) {
    try {
      Path file = Path.of("/proc/sys/net/ipv6/conf", name, "forwarding");
      return Files.readString(file).strip().equals("1");
    } catch (IOException e) {
      return false;
    }
  }

  private void put(Link link) {
    remove(links.put(link.index(), link));
    byName.put(link.name(), link);
  }

  private void remove(Link old) {
    if (old != null && byName.remove(old.name(), old)) {
      links.values().stream()
          .filter(link -> link.name().equals(old.name()))
          .findFirst()
          .ifPresent(link -> byName.put(link.name(), link));
    }
  }
}
