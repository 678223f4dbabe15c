package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRule;

/** A change of links, addresses, routes or rules that the kernel has told of. */
public sealed interface RouteChange {
  /**
   * The {@link NetlinkSocket#portId} of the socket that has asked for the change, 0 if the kernel
   * did it by itself. News about one's own changes can be told apart by it, except for IPv6
   * addresses, for which the kernel always says 0.
   */
  int portId();

  /** A link is new or something about it is. */
  record LinkChanged(Link link, int portId) implements RouteChange {}

  /** A link is gone; {@code link} is how it was last. */
  record LinkRemoved(Link link, int portId) implements RouteChange {}

  /** An address is new or something about it is. */
  record AddressChanged(Address address, int portId) implements RouteChange {}

  /** An address is gone. */
  record AddressRemoved(Address address, int portId) implements RouteChange {}

  /**
   * A route is new or something about it is.
   *
   * @param replaces whether it has taken the place of the first one with its key
   */
  record RouteSet(IpRoute route, boolean replaces, int portId) implements RouteChange {}

  /** A route is gone. For IPv4 routes that went with their interface the kernel does not say so. */
  record RouteRemoved(IpRoute route, int portId) implements RouteChange {}

  /** A policy rule is new. */
  record RuleAdded(IpRule rule, int portId) implements RouteChange {}

  /** A policy rule is gone. */
  record RuleRemoved(IpRule rule, int portId) implements RouteChange {}
}
