package io.keepstream.election.config;

import io.keepstream.linux.wire.IpRoute;
import java.util.List;

/**
 * A route as configured.
 *
 * @param route the route, whose hops name no interface yet
 * @param interfaces the interface of each hop, {@code ""} where none is named
 * @param placing where it goes among routes of the same key
 * @param tracked whether it is put back when somebody removes it
 * @param text the line of the configuration
 */
public record VirtualRoute(
    IpRoute route, List<String> interfaces, IpRoute.Placing placing, boolean tracked, String text)
    implements KernelItem {
  public VirtualRoute {
    interfaces = List.copyOf(interfaces);
  }

  @Override
  public Object identity() {
    return List.of(route.key(), route.type(), route.hops(), interfaces);
  }
}
