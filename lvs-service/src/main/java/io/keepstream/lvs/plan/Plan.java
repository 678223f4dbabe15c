package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.contract.event.VirtualServerEvent.QuorumGained;
import io.keepstream.contract.event.VirtualServerEvent.QuorumLost;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What configuration and verdicts ask for.
 *
 * @param desired the table there should be
 * @param withQuorum the virtual servers whose quorum holds
 * @param events what happened to quorums since the plan before
 */
public record Plan(
    DesiredTable desired, Set<VirtualServer.Id> withQuorum, List<VirtualServerEvent> events) {
  public static final Plan NOTHING = new Plan(DesiredTable.EMPTY, Set.of(), List.of());

  public Plan {
    withQuorum = Set.copyOf(withQuorum);
    events = List.copyOf(events);
  }

  /**
   * The plan that follows this one.
   *
   * @param verdicts whether a real server is up; one without verdict is as it starts
   */
  public Plan next(LvsConfig config, Map<BackendRef, Boolean> verdicts) {
    DesiredTable.Builder desired = new DesiredTable.Builder();
    Set<VirtualServer.Id> holding = new LinkedHashSet<>();
    List<VirtualServerEvent> happened = new ArrayList<>();
    for (VirtualServer server : config.virtualServers()) {
      List<RealServer> alive =
          server.realServers().stream().filter(each -> isUp(each, verdicts)).toList();
      long live = alive.stream().mapToLong(each -> each.server().weight()).sum();
      boolean held = withQuorum.contains(server.id());
      boolean holds = server.quorum().holds(live, held);
      if (holds) {
        holding.add(server.id());
      }
      if (holds != held) {
        happened.add(event(server.name(), server.quorum(), holds, live));
      }
      place(desired, server, Set.copyOf(alive), holds);
    }
    return new Plan(desired.build(), holding, happened);
  }

  private static boolean isUp(RealServer server, Map<BackendRef, Boolean> verdicts) {
    return !server.checked()
        || verdicts.getOrDefault(server.server().backend(), !server.startsDown());
  }

  private static VirtualServerEvent event(String name, Quorum quorum, boolean holds, long live) {
    int weight = Math.clamp(quorum.weight(), 0, Integer.MAX_VALUE);
    return holds ? new QuorumGained(name, weight, live) : new QuorumLost(name, weight, live);
  }

  private static void place(
      DesiredTable.Builder desired, VirtualServer server, Set<RealServer> alive, boolean holds) {
    desired.services(server.services());
    boolean poolServes = holds || server.sorryServer().isEmpty();
    for (RealServer each : server.realServers()) {
      if (poolServes && alive.contains(each)) {
        desired.put(server.services(), each.server(), each.server().weight());
      } else if (each.inhibitOnFailure()) {
        desired.put(server.services(), each.server(), 0);
      }
    }
    server
        .sorryServer()
        .ifPresent(
            sorry -> {
              if (!holds) {
                desired.put(server.services(), sorry.server(), sorry.server().weight());
              } else if (sorry.inhibit()) {
                desired.put(server.services(), sorry.server(), 0);
              }
            });
  }
}
