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
import java.util.LinkedHashMap;
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
   * @param verdicts about real servers; one without verdict is as it starts
   */
  public Plan next(LvsConfig config, Map<BackendRef, Verdict> verdicts) {
    DesiredTable.Builder desired = new DesiredTable.Builder();
    Set<VirtualServer.Id> holding = new LinkedHashSet<>();
    List<VirtualServerEvent> happened = new ArrayList<>();
    for (VirtualServer server : config.virtualServers()) {
      Map<RealServer, Integer> alive = alive(server, verdicts);
      long live = alive.values().stream().mapToLong(Integer::longValue).sum();
      boolean held = withQuorum.contains(server.id());
      boolean holds = server.quorum().holds(live, held);
      if (holds) {
        holding.add(server.id());
      }
      if (holds != held) {
        happened.add(event(server.name(), server.quorum(), holds, live));
      }
      place(desired, server, alive, holds);
    }
    return new Plan(desired.build(), holding, happened);
  }

  /** The real servers that are up, with their weights. */
  private static Map<RealServer, Integer> alive(
      VirtualServer server, Map<BackendRef, Verdict> verdicts) {
    Map<RealServer, Integer> alive = new LinkedHashMap<>();
    for (RealServer each : server.realServers()) {
      Verdict verdict = verdict(each, verdicts);
      if (verdict.up()) {
        alive.put(each, verdict.weight(each.server().weight()));
      }
    }
    return alive;
  }

  private static Verdict verdict(RealServer server, Map<BackendRef, Verdict> verdicts) {
    if (!server.checked()) {
      return Verdict.UP;
    }
    Verdict initial = server.startsDown() ? Verdict.DOWN : Verdict.UP;
    return verdicts.getOrDefault(server.server().backend(), initial);
  }

  private static VirtualServerEvent event(String name, Quorum quorum, boolean holds, long live) {
    int weight = Math.clamp(quorum.weight(), 0, Integer.MAX_VALUE);
    return holds ? new QuorumGained(name, weight, live) : new QuorumLost(name, weight, live);
  }

  private static void place(
      DesiredTable.Builder desired,
      VirtualServer server,
      Map<RealServer, Integer> alive,
      boolean holds) {
    desired.services(server.services());
    boolean poolServes = holds || server.sorryServer().isEmpty();
    for (RealServer each : server.realServers()) {
      if (poolServes && alive.containsKey(each)) {
        desired.put(server.services(), each.server(), alive.get(each));
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
