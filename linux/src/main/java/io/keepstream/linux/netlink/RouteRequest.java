package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRule;
import io.keepstream.linux.wire.NetlinkMessage;

/** A change that {@link RouteNetlink#perform} is asked for. */
public sealed interface RouteRequest {
  /** {@code AlreadyThere} if the interface has the address, whatever its other settings. */
  record AddAddress(Address address) implements RouteRequest {}

  /** Sets the lifetimes of an address anew; adds the address if it is not there. */
  record RenewAddress(Address address) implements RouteRequest {}

  /** See {@link RouteNetlink#deleteAddress}. */
  record DeleteAddress(Address address) implements RouteRequest {}

  /**
   * {@code AlreadyThere} if exactly this route is there, or with {@code ALONE} another of its key.
   */
  record AddRoute(IpRoute route, IpRoute.Placing placing) implements RouteRequest {}

  /** Removes a route. */
  record DeleteRoute(IpRoute route) implements RouteRequest {}

  /** {@code AlreadyThere} if the same rule is there. */
  record AddRule(IpRule rule) implements RouteRequest {}

  /** Removes a policy rule. */
  record DeleteRule(IpRule rule) implements RouteRequest {}

  /** The message that asks for it. */
  default NetlinkMessage message() {
    return switch (this) {
      case AddAddress(Address address) -> AddressMessages.add(address);
      case RenewAddress(Address address) -> AddressMessages.renew(address);
      case DeleteAddress(Address address) -> AddressMessages.delete(address);
      case AddRoute(IpRoute route, IpRoute.Placing placing) -> RouteMessages.add(route, placing);
      case DeleteRoute(IpRoute route) -> RouteMessages.delete(route);
      case AddRule(IpRule rule) -> RuleMessages.add(rule);
      case DeleteRule(IpRule rule) -> RuleMessages.delete(rule);
    };
  }

  /** What the kernel's answer means. */
  default Outcome outcome(Ack ack) {
    return switch (this) {
      case AddAddress _, RenewAddress _, AddRoute _, AddRule _ -> Outcome.ofAddition(ack);
      case DeleteAddress _ -> Outcome.ofAddressRemoval(ack);
      case DeleteRoute _, DeleteRule _ -> Outcome.ofRouteRemoval(ack);
    };
  }
}
