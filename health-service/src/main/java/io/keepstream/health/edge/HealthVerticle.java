package io.keepstream.health.edge;

import io.keepstream.contract.Service;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.EventLoops;
import io.keepstream.runtime.EventLoopOf;
import io.keepstream.runtime.ServiceVerticle;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.IoEventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** health-service: watches real servers and trackers, and says when they go up or down. */
public final class HealthVerticle extends ServiceVerticle<HealthConfig> {
  private static final Logger log = LoggerFactory.getLogger(HealthVerticle.class);

  private final MeterRegistry meters;
  private final Function<Surroundings, Checkers> checkers;
  private final Map<BackendRef, ServerWatch> servers = new LinkedHashMap<>();
  private final Map<TrackerRef, ScriptWatch> scripts = new LinkedHashMap<>();
  private final Map<TrackerRef, FileWatch> files = new LinkedHashMap<>();
  private final Map<TrackerRef, ProcessWatch> processes = new LinkedHashMap<>();
  private IoEventLoop eventLoop;
  private Checkers all;
  private FileBudget budget;
  private CheckLoop loop;
  private SharedChecks checks;
  private Suspensions suspensions;
  private Additions additions;

  /** What the configuration says. */
  private HealthConfig file;

  private FileFollower fileFollower;
  private ProcessFollower processFollower;

  /**
   * The service of the node called {@code node}; it needs Vert.x on its native transport.
   *
   * @param meters where it measures
   */
  public HealthVerticle(String node, HealthConfig config, MeterRegistry meters) {
    this(node, config, meters, KernelCheckers::new);
  }

  HealthVerticle(
      String node,
      HealthConfig config,
      MeterRegistry meters,
      Function<Surroundings, Checkers> checkers) {
    super(node, Service.HEALTH, config);
    this.meters = meters;
    this.checkers = checkers;
  }

  @Override
  protected Future<?> begin(HealthConfig config) {
    eventLoop = EventLoops.epoll(EventLoopOf.context(context));
    Libc libc = new ForeignLibc();
    fileFollower = new FileFollower(libc, eventLoop);
    BfdSessions bfdSessions = new BfdSessions(vertx, eventLoop);
    all = checkers.apply(new Surroundings(eventLoop, fileFollower, bfdSessions));
    budget = FileBudget.raisedFor(config.attempts());
    loop =
        new CheckLoop(
            eventLoop,
            all,
            RandomGenerator.getDefault(),
            new Admission<>(budget.attempts()),
            new CheckMeters(meters));
    checks = new SharedChecks(loop);
    suspensions =
        new Suspensions(libc, eventLoop, loop::nowNanos, events()::publish, this::suspend);
    processFollower = new ProcessFollower(libc, eventLoop);
    config.files().values().forEach(fileFollower::begin);
    additions = new Additions(vertx, events()::publish, () -> watch(file));
    watch(config);
    bfdSessions.start();
    additions.start();
    return Future.succeededFuture();
  }

  @Override
  protected Future<?> change(HealthConfig previous, HealthConfig next) {
    watch(next);
    return Future.succeededFuture();
  }

  private void watch(HealthConfig next) {
    file = next;
    HealthConfig config = additions.over(next);
    String complaint = budget.complaint(config.attempts());
    if (!complaint.isEmpty()) {
      log.warn(complaint);
    }
    Watch.sync(
        servers,
        config.backends(),
        (backend, wanted) ->
            new ServerWatch(backend, wanted, checks, loop::nowNanos, events()::publish));
    suspensions.change(config.haSuspend());
    suspend();
    Watch.sync(
        scripts,
        config.scripts(),
        (tracker, followed) -> new ScriptWatch(followed, loop, report(tracker)));
    Watch.sync(
        files,
        config.files(),
        (tracker, file) -> new FileWatch(file, fileFollower, report(tracker)));
    Watch.sync(
        processes,
        config.processes(),
        (tracker, wanted) -> new ProcessWatch(wanted, processFollower, eventLoop, report(tracker)));
  }

  private void suspend() {
    servers.forEach(
        (backend, watch) -> watch.suspend(suspensions.suspended(backend.virtualServer())));
  }

  private TrackerReport report(TrackerRef tracker) {
    return new TrackerReport(tracker, loop::nowNanos, events()::publish);
  }

  @Override
  protected Future<?> reachInner() {
    return all.reach();
  }

  @Override
  protected Future<?> end() {
    additions.stop();
    watch(HealthConfig.NOTHING);
    fileFollower.close();
    processFollower.close();
    suspensions.close();
    Promise<Void> idle = Promise.promise();
    loop.whenIdle(idle::complete);
    return idle.future().onSuccess(none -> all.close());
  }

  @Override
  protected Future<ServiceState> state() {
    List<ServiceState.Check> few =
        checks.running().size() <= ServiceState.MANY
            ? checks.running().stream().map(this::state).toList()
            : List.of();
    return Future.succeededFuture(
        new ServiceState.Health(
            servers.values().stream().map(ServerWatch::state).toList(), trackers(), few));
  }

  @Override
  protected Future<ServiceState> detailed(ServiceState state) {
    ServiceState.Health health = (ServiceState.Health) state;
    return InParts.map(eventLoop, checks.running(), this::state)
        .map(all -> new ServiceState.Health(health.backends(), health.trackers(), all));
  }

  private ServiceState.Check state(RunningCheck check) {
    return check.state(loop.nowNanos());
  }

  private List<ServiceState.Tracker> trackers() {
    return Stream.of(scripts, files, processes)
        .flatMap(watches -> watches.values().stream())
        .map(TrackerWatch::state)
        .toList();
  }
}
