package io.keepstream.election.config;

import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.election.announce.AnnounceConfig;
import io.keepstream.election.link.LinkConfig;
import io.keepstream.election.machine.Tracking.Tracked;
import io.keepstream.election.machine.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@code vrrp_instance}.
 *
 * @param router its name, VRID, family and interface
 * @param machine what the state machine needs
 * @param wire what goes on the wire and what is believed from it
 * @param announce how its addresses are announced
 * @param addresses the virtual addresses that are advertised
 * @param excluded the virtual addresses that are not
 * @param tracked trackers that shift the priority or fault the instance
 * @param tracksInterface whether the state of its own interface counts ({@code dont_track_primary})
 * @param faults what keeps it from taking part as it is configured, in words
 * @param routing routes and rules that are there while it is MASTER
 * @param link the interfaces it uses
 * @param reported what is only told of it
 */
public record InstanceConfig(
    VirtualRouterRef router,
    VirtualRouterConfig machine,
    WireConfig wire,
    AnnounceConfig announce,
    List<VirtualAddress> addresses,
    List<VirtualAddress> excluded,
    List<Tracked> tracked,
    boolean tracksInterface,
    List<String> faults,
    RoutingConfig routing,
    LinkConfig link,
    Reported reported) {
  public InstanceConfig {
    addresses = List.copyOf(addresses);
    excluded = List.copyOf(excluded);
    tracked = List.copyOf(tracked);
    faults = List.copyOf(faults);
  }

  /** The same instance with its interfaces and its addresses on them. */
  InstanceConfig on(
      LinkConfig links, List<VirtualAddress> placed, List<VirtualAddress> placedExcluded) {
    return new InstanceConfig(
        router,
        machine,
        wire,
        announce,
        placed,
        placedExcluded,
        tracked,
        tracksInterface,
        faults,
        routing,
        links,
        reported);
  }

  /** The same instance with what is told of it. */
  InstanceConfig reporting(Reported next) {
    return new InstanceConfig(
        router,
        machine,
        wire,
        announce,
        addresses,
        excluded,
        tracked,
        tracksInterface,
        faults,
        routing,
        link,
        next);
  }

  /** All that is there while it is MASTER, in the order in which it is set. */
  public List<KernelItem> items() {
    List<KernelItem> items = new ArrayList<>(addresses);
    items.addAll(excluded);
    items.addAll(routing.routes());
    items.addAll(routing.rules());
    return items;
  }

  /** Whether adverts go over IPv6. */
  public boolean ipv6() {
    return router.family().equals("inet6");
  }
}
