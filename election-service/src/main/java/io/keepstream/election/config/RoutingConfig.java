package io.keepstream.election.config;

import java.util.List;

/**
 * What a MASTER does about routing besides setting its addresses.
 *
 * @param routes routes that are there while it is MASTER
 * @param rules policy rules that are there while it is MASTER
 * @param promoteSecondaries whether the kernel keeps the other addresses of a subnet on the
 *     instance's interface when the first one goes
 */
public record RoutingConfig(
    List<VirtualRoute> routes, List<VirtualRule> rules, boolean promoteSecondaries) {
  public RoutingConfig {
    routes = List.copyOf(routes);
    rules = List.copyOf(rules);
  }
}
