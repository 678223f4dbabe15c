package io.keepstream.lvs.edge;

import io.keepstream.contract.Service;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.plan.Plan;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.runtime.ServiceVerticle;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Keeps the kernel's IPVS table equal to what configuration and health demand. */
public final class LvsVerticle extends ServiceVerticle<LvsConfig> {
  private final IpvsTable table;
  private final Pace pace;
  private Map<VirtualServer.Id, Long> quorumSinceNanos = Map.of();
  private LvsConfig config;
  private Plan plan = Plan.NOTHING;
  private HealthLink health;
  private TableKeeper keeper;

  /** Set while a weight grows. */
  private Optional<Long> timer = Optional.empty();

  /** Whether a plan is on its way already; the first is when health-service has been asked. */
  private boolean planning = true;

  /** A service that works on {@code table}, which it closes. */
  public LvsVerticle(String node, LvsConfig config, IpvsTable table) {
    this(node, config, table, Pace.DEFAULT);
  }

  LvsVerticle(String node, LvsConfig config, IpvsTable table, Pace pace) {
    super(node, Service.LVS, config);
    this.table = table;
    this.pace = pace;
  }

  @Override
  protected Future<?> begin(LvsConfig first) {
    config = first;
    keeper = new TableKeeper(vertx, table, events(), pace);
    health = new HealthLink(vertx, pace.healthMillis(), this::planSoon);
    // What is in the table stays as it is until the verdicts are there.
    return health.start().compose(heard -> plan());
  }

  @Override
  protected Future<?> change(LvsConfig previous, LvsConfig next) {
    config = next;
    return health.keepOnly(next.backends()).compose(heard -> plan());
  }

  @Override
  protected Future<?> end() {
    health.stop();
    timer.ifPresent(vertx::cancelTimer);
    return keeper.end();
  }

  /** Plans after everything that has arrived already. */
  private void planSoon() {
    if (!planning) {
      planning = true;
      context.runOnContext(soon -> plan());
    }
  }

  private Future<Void> plan() {
    planning = false;
    Plan before = plan;
    long nowNanos = System.nanoTime();
    plan = before.next(config, health.verdicts(), nowNanos);
    rearm(nowNanos);
    noteQuorums(before.withQuorum(), plan.withQuorum());
    plan.events().forEach(events()::publish);
    return keeper.want(plan.desired());
  }

  private void rearm(long nowNanos) {
    timer.ifPresent(vertx::cancelTimer);
    timer =
        plan.nextNanos() == Plan.NEVER
            ? Optional.empty()
            : Optional.of(
                vertx.setTimer(
                    1 + TimeUnit.NANOSECONDS.toMillis(plan.nextNanos() - nowNanos),
                    fired -> planSoon()));
  }

  private void noteQuorums(Set<VirtualServer.Id> before, Set<VirtualServer.Id> now) {
    long nowNanos = System.nanoTime();
    Map<VirtualServer.Id, Long> since = new HashMap<>();
    for (VirtualServer server : config.virtualServers()) {
      VirtualServer.Id id = server.id();
      boolean changed = before.contains(id) != now.contains(id);
      since.put(id, changed ? nowNanos : quorumSinceNanos.getOrDefault(id, nowNanos));
    }
    quorumSinceNanos = since;
  }

  @Override
  protected Future<ServiceState> state() {
    Optional<ServiceTable> known = keeper.table();
    long nowNanos = System.nanoTime();
    List<ServiceState.VirtualServer> servers =
        config.virtualServers().stream()
            .map(
                server ->
                    new ServiceState.VirtualServer(
                        server.name(),
                        plan.withQuorum().contains(server.id()),
                        TimeUnit.NANOSECONDS.toMillis(
                            nowNanos - quorumSinceNanos.getOrDefault(server.id(), nowNanos)),
                        destinations(server, known.orElse(ServiceTable.EMPTY))))
            .toList();
    return Future.succeededFuture(
        new ServiceState.Lvs(known.isPresent() ? "ipvs" : "none", servers));
  }

  /** What the first of its services holds; all hold the same servers. */
  private List<ServiceState.Destination> destinations(VirtualServer server, ServiceTable table) {
    ServiceKey key = server.services().getFirst().key();
    return table.entry(key).stream()
        .flatMap(entry -> entry.destinations().values().stream())
        .map(each -> destination(key, each))
        .toList();
  }

  private ServiceState.Destination destination(ServiceKey key, Destination destination) {
    String name =
        plan.desired()
            .backend(key, destination.key())
            .map(BackendRef::realServer)
            .orElseGet(() -> destination.key().toString());
    return new ServiceState.Destination(
        name, destination.weight(), destination.forwarding().method().word());
  }
}
