package io.keepstream.election.edge;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.RouteChange;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRule;
import io.keepstream.linux.wire.RouteConstants;
import java.net.Inet4Address;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The routes and rules in the kernel that bear our mark, as netlink tells them. */
final class RoutingTables {
  static final int MARK = RouteConstants.RTPROT_KEEPALIVED;

  private final Set<IpRoute> routes = new LinkedHashSet<>();
  private final Set<IpRule> rules = new LinkedHashSet<>();
  private boolean stale = true;

  /** Whether they must be read before they are believed. */
  boolean stale() {
    return stale;
  }

  /** Forgets everything and reads it anew. */
  void read(RouteNetlink netlink) throws ErrnoException {
    routes.clear();
    rules.clear();
    routes.addAll(netlink.routes(MARK));
    netlink.rules().stream().filter(rule -> rule.protocol() == MARK).forEach(rules::add);
    stale = false;
  }

  /**
   * Takes in one piece of news. Of IPv4 routes that go with an interface or an address the kernel
   * does not tell.
   */
  void apply(RouteChange change) {
    switch (change) {
      case RouteChange.LinkChanged changed -> stale |= !changed.link().up();
      case RouteChange.LinkRemoved _ -> stale = true;
      case RouteChange.AddressChanged _ -> {}
      case RouteChange.AddressRemoved removed ->
          stale |= removed.address().key().address() instanceof Inet4Address;
      case RouteChange.RouteSet set -> {
        if (set.replaces()) {
          routes.removeIf(route -> route.key().equals(set.route().key()));
        }
        if (set.route().protocol() == MARK) {
          routes.add(set.route());
        }
      }
      case RouteChange.RouteRemoved removed -> routes.remove(removed.route());
      case RouteChange.RuleAdded added -> {
        if (added.rule().protocol() == MARK) {
          rules.add(added.rule());
        }
      }
      case RouteChange.RuleRemoved removed -> rules.remove(removed.rule());
    }
  }

  Collection<IpRoute> routes() {
    return routes;
  }

  Collection<IpRule> rules() {
    return rules;
  }
}
