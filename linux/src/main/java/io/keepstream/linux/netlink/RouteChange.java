package io.keepstream.linux.netlink;

/** A change of links or addresses that the kernel has told of. */
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
}
