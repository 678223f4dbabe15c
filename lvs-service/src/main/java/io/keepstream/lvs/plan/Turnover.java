package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendEvent.StartedUp;
import io.keepstream.contract.event.BackendEvent.Withdrawn;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is told of servers that begin or end without a check that says so. */
final class Turnover {
  private Turnover() {}

  /** Of servers that {@code plan} served and that are no longer in {@code next}. */
  static List<Event> gone(Plan plan, LvsConfig next) {
    Set<BackendRef> backends = next.backends();
    Set<VirtualServer.Id> servers = new HashSet<>();
    next.virtualServers().forEach(server -> servers.add(server.id()));
    List<Event> events = new ArrayList<>();
    plan.pools()
        .forEach(
            (id, pool) -> {
              pool.serving().stream()
                  .filter(backend -> !backends.contains(backend))
                  .map(backend -> new Withdrawn(backend, "reload"))
                  .forEach(events::add);
              if (!servers.contains(id) && plan.withQuorum().contains(id)) {
                events.add(new VirtualServerEvent.Withdrawn(id.name(), "reload"));
              }
            });
    return events;
  }

  /** Of real servers that serve from the start on. */
  static List<Event> come(VirtualServer server, Pool before, Pool after) {
    return server.realServers().stream()
        .map(real -> real.server().backend())
        .filter(backend -> !before.turns().containsKey(backend))
        .filter(after.serving()::contains)
        .<Event>map(StartedUp::new)
        .toList();
  }

  /** Of the servers of {@code plan} at shutdown, where {@code omega} asks for it. */
  static List<Event> farewell(Plan plan, LvsConfig config) {
    List<Event> events = new ArrayList<>();
    for (VirtualServer server : config.virtualServers()) {
      if (server.omega()) {
        Set<BackendRef> serving = plan.pools().getOrDefault(server.id(), Pool.NEW).serving();
        for (RealServer real : server.realServers()) {
          if (serving.contains(real.server().backend())) {
            events.add(new Withdrawn(real.server().backend(), "shutdown"));
          }
        }
        if (plan.withQuorum().contains(server.id())) {
          events.add(new VirtualServerEvent.Withdrawn(server.name(), "shutdown"));
        }
      }
    }
    return events;
  }
}
