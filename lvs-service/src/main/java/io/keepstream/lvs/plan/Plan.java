package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.TableOptions;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Settings;
import io.keepstream.lvs.will.Duty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What configuration and verdicts ask for.
 *
 * @param desired the table there should be
 * @param shares what each virtual server asks for, in the order of the configuration
 * @param events what happened to servers since the plan before
 * @param nextNanos when to plan again though nothing happens; {@link #NEVER} for never
 */
public record Plan(
    DesiredTable desired, Map<VirtualServer.Id, Share> shares, List<Event> events, long nextNanos) {
  /** The time that means never. */
  public static final long NEVER = Pool.NEVER;

  public static final Plan NOTHING = new Plan(DesiredTable.EMPTY, Map.of(), List.of(), NEVER);

  public Plan {
    shares = Collections.unmodifiableMap(shares);
    events = List.copyOf(events);
  }

  /**
   * The plan that follows this one. Virtual servers of which nothing has changed are not looked at
   * again.
   */
  public Plan next(Situation now, long nowNanos) {
    LvsConfig config = now.config();
    Map<VirtualServer.Id, Share> next = new LinkedHashMap<>();
    List<Event> happened = new ArrayList<>();
    long soonestNanos = NEVER;
    for (VirtualServer server : config.virtualServers()) {
      Optional<Share> before = Optional.ofNullable(shares.get(server.id()));
      Share share = Share.of(server, stances(server, now), before, nowNanos);
      next.put(server.id(), share);
      happened.addAll(share.news(before, config.tellsOfStart(), nowNanos));
      soonestNanos = Math.min(soonestNanos, share.nextNanos());
    }
    Settings settings = settings(config.table(), now.instances());
    DesiredTable together =
        DesiredTable.together(next.values().stream().map(Share::table).toList(), settings);
    return new Plan(together, next, happened, soonestNanos);
  }

  /** What is thought of each real server of {@code server}, in their order. */
  private static List<Stance> stances(VirtualServer server, Situation now) {
    List<Stance> stances = new ArrayList<>(server.realServers().size());
    for (RealServer real : server.realServers()) {
      BackendRef backend = real.server().backend();
      Verdict initial = real.checked() && real.startsDown() ? Verdict.DOWN : Verdict.UP;
      Verdict said = real.checked() ? now.verdicts().getOrDefault(backend, initial) : initial;
      stances.add(new Stance(said, now.duties().getOrDefault(backend, Duty.SERVE)));
    }
    return stances;
  }

  /** Whether the quorum of a virtual server holds. */
  public boolean holds(VirtualServer.Id id) {
    Share share = shares.get(id);
    return share != null && share.holds();
  }

  /** The virtual servers whose quorum holds. */
  public Set<VirtualServer.Id> withQuorum() {
    return shares.keySet().stream().filter(this::holds).collect(Collectors.toUnmodifiableSet());
  }

  /** What is to be told when another configuration comes into force. */
  public List<Event> retired(LvsConfig next) {
    return Turnover.gone(this, next);
  }

  /** What is to be told when everything ends. */
  public List<Event> farewell() {
    return Turnover.farewell(this);
  }

  private static Settings settings(TableOptions options, Map<String, VrrpState> instances) {
    return new Settings(
        options.sync().map(rule -> SyncRoles.of(rule, instances)).orElse(Map.of()),
        options.timeouts());
  }
}
