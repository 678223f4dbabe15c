package io.keepstream.election.edge;

import io.keepstream.contract.event.RoutingEvent.Kind;
import io.keepstream.linux.netlink.Address;
import io.keepstream.linux.netlink.Outcome;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.netlink.RouteRequest;
import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRule;
import java.util.List;

/** Removes what an earlier run that had no time to do so has left behind. */
record Leftovers(RouteNetlink netlink, Interfaces interfaces, TableEvents events) {
  void remove(Drift.Surplus surplus) {
    for (IpRule rule : surplus.rules().reversed()) {
      if (isDone(new RouteRequest.DeleteRule(rule))) {
        events.leftoverRemoved(Kind.RULE, "of priority " + rule.priority());
      }
    }
    for (IpRoute route : surplus.routes().reversed()) {
      if (isDone(new RouteRequest.DeleteRoute(route))) {
        String where = "%s table %d".formatted(route.key().destination(), route.key().table());
        events.leftoverRemoved(Kind.ROUTE, where);
      }
    }
    for (Address address : surplus.addresses().reversed()) {
      if (isDone(new RouteRequest.DeleteAddress(address))) {
        Address.Key key = address.key();
        events.leftoverRemoved(
            key.address().getHostAddress() + "/" + key.prefixLength(),
            interfaces.name(key.interfaceIndex()));
      }
    }
  }

  private boolean isDone(RouteRequest request) {
    return netlink.perform(List.of(request)).getFirst() instanceof Outcome.Done;
  }
}
