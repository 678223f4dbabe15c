package io.keepstream.lvs.plan;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VirtualServerEvent.QuorumGained;
import io.keepstream.contract.event.VirtualServerEvent.QuorumLost;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.will.Duty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one virtual server asks for.
 *
 * @param stances how it stands with its real servers, in their order
 * @param pool how its real servers have come and gone
 * @param live the weight that counts for the quorum
 * @param holds whether the quorum does
 * @param table its part of the table
 * @param nextNanos when it asks for something else though nothing happens
 */
record Share(
    VirtualServer server,
    List<Stance> stances,
    Pool pool,
    long live,
    boolean holds,
    DesiredTable table,
    long nextNanos) {

  /** The share of {@code server}, where {@code before} was the last one of the same identity. */
  static Share of(
      VirtualServer server, List<Stance> stances, Optional<Share> before, long nowNanos) {
    if (before.isPresent() && before.get().stands(server, stances, nowNanos)) {
      return before.get();
    }
    List<RealServer> reals = server.realServers();
    Pool pool = before.map(Share::pool).orElse(Pool.NEW).next(server, stances, nowNanos);
    Map<RealServer, Integer> whole = wholeWeights(server, stances);
    Map<RealServer, Integer> weights = pool.weights(whole, nowNanos);
    long live = weights.keySet().stream().mapToLong(whole::get).sum();
    boolean holds = server.quorum().holds(live, before.isPresent() && before.get().holds());
    DesiredTable table = place(server, stances, weights, holds);
    return new Share(server, stances, pool, live, holds, table, pool.nextNanos(reals, nowNanos));
  }

  private boolean stands(VirtualServer now, List<Stance> said, long nowNanos) {
    return nowNanos < nextNanos && server.equals(now) && stances.equals(said);
  }

  /** What each real server weighs when it serves and has grown. */
  private static Map<RealServer, Integer> wholeWeights(VirtualServer server, List<Stance> stances) {
    Map<RealServer, Integer> weights = new LinkedHashMap<>();
    for (int i = 0; i < stances.size(); i++) {
      RealServer real = server.realServers().get(i);
      weights.put(real, stances.get(i).verdict().weight(real.server().weight()));
    }
    return weights;
  }

  /**
   * Puts a virtual server into a table.
   *
   * @param weights of the real servers in the pool; the others are down or drained
   */
  private static DesiredTable place(
      VirtualServer server, List<Stance> stances, Map<RealServer, Integer> weights, boolean holds) {
    DesiredTable.Builder desired = new DesiredTable.Builder(server.services());
    boolean poolServes = holds || server.sorryServer().isEmpty();
    for (int i = 0; i < stances.size(); i++) {
      RealServer each = server.realServers().get(i);
      Stance stance = stances.get(i);
      boolean quiet = stance.duty() == Duty.DRAIN && stance.up();
      if (poolServes && weights.containsKey(each)) {
        desired.put(each.server(), weights.get(each));
      } else if (stance.duty() != Duty.REST && (quiet || each.inhibitOnFailure())) {
        desired.put(each.server(), 0);
      }
    }
    server
        .sorryServer()
        .ifPresent(
            sorry -> {
              if (!holds) {
                desired.put(sorry.server(), sorry.server().weight());
              } else if (sorry.inhibit()) {
                desired.put(sorry.server(), 0);
              }
            });
    return desired.build();
  }

  /** What has happened since {@code before}. */
  List<Event> news(Optional<Share> before, boolean tellsOfStart, long nowNanos) {
    List<Event> news = new ArrayList<>();
    Pool formerPool = before.map(Share::pool).orElse(Pool.NEW);
    if (tellsOfStart) {
      news.addAll(Turnover.come(server, formerPool, pool));
    }
    pool.news(formerPool, server, nowNanos).ifPresent(news::add);
    boolean held = before.isPresent() && before.get().holds();
    if (holds != held) {
      news.add(quorumNews());
    }
    return news;
  }

  private Event quorumNews() {
    Quorum quorum = server.quorum();
    int weight = Math.clamp(quorum.weight(), 0, Integer.MAX_VALUE);
    return holds
        ? new QuorumGained(server.name(), weight, live)
        : new QuorumLost(server.name(), weight, live);
  }
}
