package io.keepstream.election.edge;

import io.keepstream.election.config.KernelItem;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.config.VirtualRoute;
import io.keepstream.election.config.VirtualRule;
import io.keepstream.linux.netlink.Address;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.netlink.RouteRequest;
import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.RtNetlink;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives what is configured the form that the kernel takes, in which interfaces are numbers. What
 * needs an interface that does not exist has none.
 */
record KernelForm(Interfaces interfaces) {
  /** Whether every interface it needs is there and up. */
  boolean isPossible(KernelItem item) {
    return switch (item) {
      case VirtualAddress address -> isUp(address.networkInterface());
      case VirtualRoute route ->
          route.interfaces().stream().allMatch(name -> name.isEmpty() || isUp(name));
      case VirtualRule _ -> true;
    };
  }

  private boolean isUp(String name) {
    Link link = interfaces.link(name);
    return link != null && link.up();
  }

  Optional<RouteRequest> addition(KernelItem item) {
    return switch (item) {
      case VirtualAddress address -> address(address).map(RouteRequest.AddAddress::new);
      case VirtualRoute route ->
          route(route).map(form -> new RouteRequest.AddRoute(form, route.placing()));
      case VirtualRule rule -> Optional.of(new RouteRequest.AddRule(rule.rule()));
    };
  }

  Optional<RouteRequest> removal(KernelItem item) {
    return switch (item) {
      case VirtualAddress address -> address(address).map(RouteRequest.DeleteAddress::new);
      case VirtualRoute route -> route(route).map(RouteRequest.DeleteRoute::new);
      case VirtualRule rule -> Optional.of(new RouteRequest.DeleteRule(rule.rule()));
    };
  }

  Optional<Address> address(VirtualAddress each) {
    return Optional.ofNullable(interfaces.link(each.networkInterface()))
        .map(link -> address(link, each));
  }

  private static Address address(Link link, VirtualAddress each) {
    Address.Builder builder =
        Address.of(link.index(), each.address(), each.prefixLength())
            .scope(each.scope())
            .flags(flags(each))
            .lifetimes(Math.min(each.preferredSeconds(), each.leaseSeconds()), each.leaseSeconds());
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
    return each.moreFlags()
        | (noDad ? RtNetlink.IFA_F_NODAD : 0)
        | (each.noPrefixRoute() ? RtNetlink.IFA_F_NOPREFIXROUTE : 0);
  }

  Optional<IpRoute> route(VirtualRoute each) {
    IpRoute route = each.route();
    List<IpRoute.Hop> hops = new ArrayList<>();
    for (int i = 0; i < route.hops().size(); i++) {
      IpRoute.Hop hop = route.hops().get(i);
      String name = each.interfaces().get(i);
      Link link = interfaces.link(name);
      if (link == null && !name.isEmpty()) {
        return Optional.empty();
      }
      int index = link == null ? 0 : link.index();
      hops.add(new IpRoute.Hop(hop.gateway(), index, hop.weight(), hop.onlink()));
    }
    return Optional.of(
        new IpRoute(
            route.key(),
            route.type(),
            route.scope(),
            route.protocol(),
            route.preferredSource(),
            hops,
            route.metrics()));
  }
}
