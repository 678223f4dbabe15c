package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRule;
import io.keepstream.linux.wire.Netlink;
import java.util.ArrayList;
import java.util.List;

/**
 * Links, addresses, routes and rules of one network namespace: reading, adding, removing, see
 * rtnetlink(7).
 */
public final class RouteNetlink implements AutoCloseable {
  private static final boolean[] FAMILIES = {false, true};

  private final NetlinkSocket socket;

  private RouteNetlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Opens a socket in the calling thread's network namespace. Changes need CAP_NET_ADMIN. */
  public static RouteNetlink open(Libc libc) throws ErrnoException {
    return open(libc, NetlinkSocket.DEFAULT_RECEIVE_BUFFER_BYTES);
  }

  public static RouteNetlink open(Libc libc, int receiveBufferBytes) throws ErrnoException {
    return new RouteNetlink(NetlinkSocket.open(libc, Netlink.NETLINK_ROUTE, receiveBufferBytes));
  }

  /** For requests this class has no method for. */
  public NetlinkSocket socket() {
    return socket;
  }

  public List<Link> links() throws ErrnoException {
    return socket.dump(LinkMessages.dump(), LinkMessages::decode);
  }

  /** The IPv4 and IPv6 addresses of all links. */
  public List<Address> addresses() throws ErrnoException {
    return socket.dump(AddressMessages.dump(), AddressMessages::decode);
  }

  /** Adds an address; {@code AlreadyThere} if the interface has it, whatever its other settings. */
  public Outcome addAddress(Address address) {
    return Outcome.ofAddition(socket.transact(AddressMessages.add(address)));
  }

  /** Adds addresses in order, hundreds per write; one that fails does not stop the rest. */
  public List<Outcome> addAddresses(List<Address> addresses) {
    return socket.transactAll(addresses.stream().map(AddressMessages::add).toList()).stream()
        .map(Outcome::ofAddition)
        .toList();
  }

  /**
   * Removes an address. With an IPv4 address the kernel also removes those of the same subnet that
   * were added after it, unless {@code promote_secondaries} is set for the interface.
   */
  public Outcome deleteAddress(Address address) {
    return Outcome.ofAddressRemoval(socket.transact(AddressMessages.delete(address)));
  }

  /** Removes addresses in order, hundreds per write; one that fails does not stop the rest. */
  public List<Outcome> deleteAddresses(List<Address> addresses) {
    return socket.transactAll(addresses.stream().map(AddressMessages::delete).toList()).stream()
        .map(Outcome::ofAddressRemoval)
        .toList();
  }

  /** Does what is asked in order, hundreds per write; what fails does not stop the rest. */
  public List<Outcome> perform(List<RouteRequest> requests) {
    List<Ack> acks = socket.transactAll(requests.stream().map(RouteRequest::message).toList());
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < acks.size(); i++) {
      outcomes.add(requests.get(i).outcome(acks.get(i)));
    }
    return outcomes;
  }

  /** The IPv4 and IPv6 routes of all tables that {@code protocol} has set. */
  public List<IpRoute> routes(int protocol) throws ErrnoException {
    List<IpRoute> routes = new ArrayList<>();
    for (boolean ipv6 : FAMILIES) {
      routes.addAll(socket.dump(RouteMessages.dump(ipv6, protocol), RouteMessages::decode));
    }
    routes.removeIf(route -> route.protocol() != protocol);
    return routes;
  }

  /** The IPv4 and IPv6 policy rules. */
  public List<IpRule> rules() throws ErrnoException {
    List<IpRule> rules = new ArrayList<>();
    for (boolean ipv6 : FAMILIES) {
      rules.addAll(socket.dump(RuleMessages.dump(ipv6), RuleMessages::decode));
    }
    return rules;
  }

  @Override
  public void close() {
    socket.close();
  }
}
