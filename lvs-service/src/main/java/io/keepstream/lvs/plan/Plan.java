package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.contract.event.VirtualServerEvent.QuorumGained;
import io.keepstream.contract.event.VirtualServerEvent.QuorumLost;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.TableOptions;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What configuration and verdicts ask for.
 *
 * @param desired the table there should be
 * @param withQuorum the virtual servers whose quorum holds
 * @param pools how the real servers of each virtual server have come and gone
 * @param events what happened to servers since the plan before
 * @param nextNanos when to plan again though nothing happens; {@link #NEVER} for never
 */
public record Plan(
    DesiredTable desired,
    Set<VirtualServer.Id> withQuorum,
    Map<VirtualServer.Id, Pool> pools,
    List<Event> events,
    long nextNanos) {
  /** The time that means never. */
  public static final long NEVER = Pool.NEVER;

  public static final Plan NOTHING =
      new Plan(DesiredTable.EMPTY, Set.of(), Map.of(), List.of(), NEVER);

  public Plan {
    withQuorum = Set.copyOf(withQuorum);
    pools = Map.copyOf(pools);
    events = List.copyOf(events);
  }

  /** The plan that follows this one. */
  public Plan next(Situation now, long nowNanos) {
    LvsConfig config = now.config();
    Map<BackendRef, Verdict> verdicts = now.verdicts();
    DesiredTable.Builder desired = new DesiredTable.Builder();
    Set<VirtualServer.Id> holding = new LinkedHashSet<>();
    Map<VirtualServer.Id, Pool> next = new HashMap<>();
    List<Event> happened = new ArrayList<>();
    long soonestNanos = NEVER;
    for (VirtualServer server : config.virtualServers()) {
      Pool before = pools.getOrDefault(server.id(), Pool.NEW);
      Pool pool = before.next(server, up(server, verdicts), nowNanos);
      next.put(server.id(), pool);
      if (config.tellsOfStart()) {
        happened.addAll(Turnover.come(server, before, pool));
      }
      pool.news(before, server, nowNanos).ifPresent(happened::add);
      soonestNanos = Math.min(soonestNanos, pool.nextNanos(server.realServers(), nowNanos));
      Map<RealServer, Integer> whole = wholeWeights(server, verdicts);
      Map<RealServer, Integer> weights = pool.weights(whole, nowNanos);
      long live = weights.keySet().stream().mapToLong(whole::get).sum();
      boolean held = withQuorum.contains(server.id());
      boolean holds = server.quorum().holds(live, held);
      if (holds) {
        holding.add(server.id());
      }
      if (holds != held) {
        happened.add(event(server.name(), server.quorum(), holds, live));
      }
      place(desired, server, weights, holds);
    }
    Settings settings = settings(config.table(), now.instances());
    return new Plan(desired.build(settings), holding, next, happened, soonestNanos);
  }

  /** What is to be told when another configuration comes into force. */
  public List<Event> retired(LvsConfig next) {
    return Turnover.gone(this, next);
  }

  /** What is to be told when everything ends. */
  public List<Event> farewell(LvsConfig config) {
    return Turnover.farewell(this, config);
  }

  private static Settings settings(TableOptions options, Map<String, VrrpState> instances) {
    return new Settings(
        options.sync().map(rule -> SyncRoles.of(rule, instances)).orElse(Map.of()),
        options.timeouts());
  }

  private static Set<BackendRef> up(VirtualServer server, Map<BackendRef, Verdict> verdicts) {
    return server.realServers().stream()
        .filter(each -> verdict(each, verdicts).up())
        .map(each -> each.server().backend())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What each real server weighs when it serves and has grown. */
  private static Map<RealServer, Integer> wholeWeights(
      VirtualServer server, Map<BackendRef, Verdict> verdicts) {
    Map<RealServer, Integer> weights = new LinkedHashMap<>();
    for (RealServer each : server.realServers()) {
      weights.put(each, verdict(each, verdicts).weight(each.server().weight()));
    }
    return weights;
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

  /**
   * Puts a virtual server into the table.
   *
   * @param weights of the real servers in the pool; the others are down
   */
  private static void place(
      DesiredTable.Builder desired,
      VirtualServer server,
      Map<RealServer, Integer> weights,
      boolean holds) {
    desired.services(server.services());
    boolean poolServes = holds || server.sorryServer().isEmpty();
    for (RealServer each : server.realServers()) {
      if (poolServes && weights.containsKey(each)) {
        desired.put(server.services(), each.server(), weights.get(each));
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
