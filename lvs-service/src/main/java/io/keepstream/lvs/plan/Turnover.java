package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendEvent.StartedUp;
import io.keepstream.contract.event.BackendEvent.Withdrawn;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.VirtualServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What is told of servers that begin or end without a check that says so. */
final class Turnover {
  private Turnover() {}

  /** Of servers that {@code plan} served and that are no longer in {@code next}. */
  static List<Event> gone(Plan plan, LvsConfig next) {
    Set<BackendRef> backends = next.backends();
    Set<VirtualServer.Id> servers = new HashSet<>();
    next.virtualServers().forEach(server -> servers.add(server.id()));
    List<Event> events = new ArrayList<>();
    for (Share share : plan.shares().values()) {
      Predicate<BackendRef> stays = backends::contains;
      boolean ends = !servers.contains(share.server().id());
      withdraw(share, stays.negate(), ends, "reload", events);
    }
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
  static List<Event> farewell(Plan plan) {
    List<Event> events = new ArrayList<>();
    for (Share share : plan.shares().values()) {
      if (share.server().omega()) {
        withdraw(share, backend -> true, true, "shutdown", events);
      }
    }
    return events;
  }

  private static void withdraw(
      Share share, Predicate<BackendRef> goes, boolean ends, String reason, List<Event> events) {
    Set<BackendRef> serving = share.pool().serving();
    share.server().realServers().stream()
        .map(real -> real.server().backend())
        .filter(goes.and(serving::contains))
        .map(backend -> new Withdrawn(backend, reason))
        .forEach(events::add);
    if (ends && share.holds()) {
      events.add(new VirtualServerEvent.Withdrawn(share.server().name(), reason));
    }
  }
}
