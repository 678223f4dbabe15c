package io.keepstream.lvs.edge;

import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.plan.Adoption;
import io.keepstream.lvs.plan.Feed;
import io.keepstream.lvs.plan.HealthFeed;
import io.keepstream.lvs.plan.InstanceFeed;
import io.keepstream.lvs.plan.Plan;
import io.keepstream.lvs.plan.ServerLoads;
import io.keepstream.lvs.plan.Situation;
import io.keepstream.lvs.plan.TableReport;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.runtime.ServiceVerticle;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Keeps the kernel's IPVS table equal to what configuration and health demand. */
public final class LvsVerticle extends ServiceVerticle<LvsConfig> {
  private final IpvsTable table;
  private final Pace pace;
  private final LvsMeters meters;
  private final HealthFeed verdicts = new HealthFeed();
  private final InstanceFeed instances = new InstanceFeed();
  private Map<VirtualServer.Id, Long> quorumSinceNanos = Map.of();
  private LvsConfig config;
  private Plan plan = Plan.NOTHING;
  private ServiceLink health;
  private ServiceLink election;
  private TableKeeper keeper;
  private ServerLoads loads = ServerLoads.NONE;

  /** Set while a weight grows. */
  private Optional<Long> timer = Optional.empty();

  /** Whether a plan is on its way already; the first is when health-service has been asked. */
  private boolean planning = true;

  /**
   * A service that works on {@code table}, which it closes.
   *
   * @param meters where it measures
   */
  public LvsVerticle(String node, LvsConfig config, IpvsTable table, MeterRegistry meters) {
    this(node, config, table, meters, Pace.DEFAULT);
  }

  LvsVerticle(String node, LvsConfig config, IpvsTable table, MeterRegistry meters, Pace pace) {
    super(node, Service.LVS, config);
    this.table = table;
    this.meters = new LvsMeters(meters);
    this.pace = pace;
  }

  @Override
  protected Future<?> begin(LvsConfig first) {
    config = first;
    keeper = new TableKeeper(vertx, table, events(), pace, this::measure);
    health = link(Service.HEALTH, verdicts);
    election = link(Service.ELECTION, instances);
    // What is in the table stays as it is until the verdicts are there.
    return adopt()
        .compose(adopted -> Future.join(health.start(), election.start()))
        .compose(heard -> plan());
  }

  private ServiceLink link(Service service, Feed feed) {
    return new ServiceLink(vertx, service, feed, pace.healthMillis(), this::planSoon);
  }

  private Future<?> adopt() {
    boolean any =
        config.virtualServers().stream()
            .flatMap(server -> server.realServers().stream())
            .anyMatch(RealServer::startsDown);
    if (!any) {
      return Future.succeededFuture();
    }
    return keeper
        .look()
        .onSuccess(
            found -> found.ifPresent(table -> verdicts.presumeUp(Adoption.serving(config, table))));
  }

  @Override
  protected Future<?> change(LvsConfig previous, LvsConfig next) {
    plan.retired(next).forEach(events()::publish);
    config = next;
    verdicts.keepOnly(next.backends());
    return health.ask().compose(heard -> plan());
  }

  @Override
  protected Future<?> end() {
    health.stop();
    election.stop();
    timer.ifPresent(vertx::cancelTimer);
    plan.farewell().forEach(events()::publish);
    return keeper.end().onComplete(ended -> meters.close());
  }

  private void measure() {
    keeper
        .loads()
        .ifPresent(read -> loads = ServerLoads.of(config, plan.desired(), read.services()));
    meters.take(loads);
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
    plan = before.next(new Situation(config, verdicts.verdicts(), instances.states()), nowNanos);
    rearm(nowNanos);
    noteQuorums(before, plan);
    plan.events().forEach(events()::publish);
    return keeper.want(plan.desired(), config.table());
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

  private void noteQuorums(Plan before, Plan now) {
    long nowNanos = System.nanoTime();
    Map<VirtualServer.Id, Long> since = new HashMap<>();
    for (VirtualServer server : config.virtualServers()) {
      VirtualServer.Id id = server.id();
      boolean changed = before.holds(id) != now.holds(id);
      since.put(id, changed ? nowNanos : quorumSinceNanos.getOrDefault(id, nowNanos));
    }
    quorumSinceNanos = since;
  }

  @Override
  protected Future<ServiceState> state() {
    Optional<ServiceTable> known = keeper.table();
    TableReport report = new TableReport(plan, known.orElse(ServiceTable.EMPTY), loads);
    long nowNanos = System.nanoTime();
    List<ServiceState.VirtualServer> servers =
        config.virtualServers().stream()
            .map(server -> report.of(server, quorumMillis(server.id(), nowNanos)))
            .toList();
    Long readMillis =
        keeper
            .loads()
            .map(read -> TimeUnit.NANOSECONDS.toMillis(nowNanos - read.readNanos()))
            .orElse(null);
    return Future.succeededFuture(
        new ServiceState.Lvs(
            known.isPresent() ? table.dataplane().word() : "none",
            servers,
            report.syncDaemons(),
            readMillis));
  }

  private long quorumMillis(VirtualServer.Id id, long nowNanos) {
    return TimeUnit.NANOSECONDS.toMillis(nowNanos - quorumSinceNanos.getOrDefault(id, nowNanos));
  }
}
