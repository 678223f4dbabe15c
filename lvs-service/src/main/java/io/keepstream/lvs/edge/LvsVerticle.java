package io.keepstream.lvs.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Instruction;
import io.keepstream.contract.Service;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NodeDrainEvent;
import io.keepstream.contract.event.OperatorEvent.OverrideSet;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.plan.Adoption;
import io.keepstream.lvs.plan.Feed;
import io.keepstream.lvs.plan.HealthFeed;
import io.keepstream.lvs.plan.InstanceFeed;
import io.keepstream.lvs.plan.Losses;
import io.keepstream.lvs.plan.Plan;
import io.keepstream.lvs.plan.ServerLoads;
import io.keepstream.lvs.plan.Situation;
import io.keepstream.lvs.plan.TableReport;
import io.keepstream.lvs.will.Will;
import io.keepstream.lvs.will.WillForm;
import io.keepstream.runtime.ServiceVerticle;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Keeps the kernel's IPVS table equal to what configuration and health demand. */
public final class LvsVerticle extends ServiceVerticle<LvsConfig> {
  private static final int REFUSED = 1;

  /** How long before a drain's time is up its connections are counted once more. */
  private static final long LAST_COUNT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Surroundings surroundings;
  private final Pace pace;
  private final LvsMeters meters;
  private final HealthFeed verdicts = new HealthFeed();
  private final InstanceFeed instances = new InstanceFeed();
  private Map<VirtualServer.Id, Long> quorumSinceNanos = Map.of();
  private OperatorDesk operators;

  /** As the file has it. */
  private LvsConfig file;

  /** As operators want it. */
  private LvsConfig config;

  private Plan plan = Plan.NOTHING;
  private ServiceLink health;
  private ServiceLink election;
  private TableKeeper keeper;
  private ServerLoads loads = ServerLoads.NONE;

  /** Set while a weight grows or a drain has an end. */
  private Optional<Long> timer = Optional.empty();

  /** Whether a plan is on its way already; the first is when health-service has been asked. */
  private boolean planning = true;

  /** A service that has not begun. */
  public LvsVerticle(String node, LvsConfig config, Surroundings surroundings) {
    this(node, config, surroundings, Pace.DEFAULT);
  }

  LvsVerticle(String node, LvsConfig config, Surroundings surroundings, Pace pace) {
    super(node, Service.LVS, config);
    this.surroundings = surroundings;
    this.meters = new LvsMeters(surroundings.meters());
    this.pace = pace;
  }

  @Override
  protected Future<?> begin(LvsConfig first) {
    // Somebody may ask for a snapshot before it is known what operators want.
    file = first;
    config = first;
    keeper = new TableKeeper(vertx, surroundings.table(), events(), pace, this::measure);
    operators = new OperatorDesk(vertx, surroundings.will(), events());
    health = link(Service.HEALTH, verdicts);
    election = link(Service.ELECTION, instances);
    // What is in the table stays as it is until the verdicts are there.
    return operators
        .open()
        .compose(
            opened -> {
              config = operators.settle(first);
              return adopt();
            })
        .compose(adopted -> Future.join(health.start(), election.start()))
        .compose(heard -> plan())
        .onSuccess(planned -> listen());
  }

  private void listen() {
    vertx.eventBus().<Instruction>consumer(Bus.instructionsTo(Service.LVS), this::ordered);
  }

  private ServiceLink link(Service service, Feed feed) {
    return new ServiceLink(vertx, service, feed, pace.healthMillis(), this::planSoon);
  }

  private Future<?> adopt() {
    Set<BackendRef> added = operators.will().added();
    if (added.isEmpty() && config.realServers().stream().noneMatch(RealServer::startsDown)) {
      return Future.succeededFuture();
    }
    return keeper
        .look()
        .onSuccess(
            found ->
                found.ifPresent(
                    table -> verdicts.presumeUp(Adoption.serving(config, added, table))));
  }

  @Override
  protected Future<?> change(LvsConfig previous, LvsConfig next) {
    file = next;
    LvsConfig wanted = operators.settle(next);
    plan.retired(wanted).forEach(events()::publish);
    config = wanted;
    verdicts.keepOnly(checked());
    return health.ask().compose(heard -> plan());
  }

  @Override
  protected Future<?> end() {
    health.stop();
    election.stop();
    timer.ifPresent(vertx::cancelTimer);
    plan.farewell().forEach(events()::publish);
    return keeper.end().onComplete(ended -> meters.close()).eventually(operators::close);
  }

  /** What an operator has removed is checked all the same, and may come back. */
  private Set<BackendRef> checked() {
    Set<BackendRef> checked = new HashSet<>(file.backends());
    checked.addAll(config.backends());
    return checked;
  }

  private void measure() {
    keeper
        .loads()
        .ifPresent(read -> loads = ServerLoads.of(config, plan.desired(), read.services()));
    meters.take(loads);
    if (operators.read(loads::open)) {
      planSoon();
    }
  }

  private void ordered(Message<Instruction> message) {
    try {
      obey(message.body())
          .onSuccess(message::reply)
          .onFailure(failure -> message.fail(REFUSED, failure.getMessage()));
    } catch (IllegalArgumentException e) {
      message.fail(REFUSED, e.getMessage());
    }
  }

  /** Does what an operator wants, and answers with what that is and what is wrong with it. */
  private Future<String> obey(Instruction order) {
    Will.Step step = operators.rule(order, file, loads::open);
    LvsConfig wanted = step.will().over(file);
    Plan candidate = plan.next(situation(wanted, step.will()), System.nanoTime());
    List<String> losses = Losses.of(plan, candidate);
    Losses.refusal(order, losses, instances.states())
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why + "; --force does it all the same");
            });
    config = wanted;
    List<String> answer = new ArrayList<>(summaries(step.events()));
    losses.forEach(loss -> answer.add("warning: this leaves " + loss));
    Future<Void> kept =
        operators
            .accept(step)
            .recover(
                failure -> {
                  answer.add("warning: " + failure.getMessage());
                  return Future.succeededFuture();
                });
    verdicts.forgetOthers(checked());
    return addition(step, answer)
        .compose(heard -> plan())
        .compose(planned -> kept)
        .map(done -> String.join("\n", answer) + "\n");
  }

  /** Of a real server more, waits until it is known whether it is checked and starts down. */
  private Future<Void> addition(Will.Step step, List<String> answer) {
    Optional<BackendRef> added =
        step.events().stream()
            .filter(event -> event instanceof OverrideSet set && set.kind() == OverrideKind.ADDED)
            .map(event -> ((OverrideSet) event).backend())
            .findFirst();
    return added.isEmpty()
        ? Future.succeededFuture()
        : health
            .ask()
            .onSuccess(
                heard -> {
                  if (!verdicts.verdicts().containsKey(added.get())) {
                    answer.add("warning: nothing checks it, so it counts as up");
                  }
                });
  }

  /** Of an order for the whole node, only what is told of the node. */
  private static List<String> summaries(List<Event> events) {
    List<Event> ofNode = events.stream().filter(NodeDrainEvent.class::isInstance).toList();
    return (ofNode.isEmpty() ? events : ofNode).stream().map(Event::summary).toList();
  }

  private Situation situation(LvsConfig wanted, Will will) {
    return new Situation(wanted, verdicts.verdicts(), instances.states(), will.duties());
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
    operators.pass(nowNanos);
    plan = before.next(situation(config, operators.will()), nowNanos);
    rearm(nowNanos);
    noteQuorums(before, plan);
    plan.events().forEach(events()::publish);
    return keeper.want(plan.desired(), config.table());
  }

  private void rearm(long nowNanos) {
    timer.ifPresent(vertx::cancelTimer);
    long endNanos = operators.will().nextNanos();
    boolean near = endNanos != Plan.NEVER && nowNanos >= endNanos - LAST_COUNT_NANOS;
    if (near) {
      keeper.read();
    }
    boolean ahead = endNanos != Plan.NEVER && !near;
    long nextNanos = Math.min(plan.nextNanos(), ahead ? endNanos - LAST_COUNT_NANOS : endNanos);
    timer =
        nextNanos == Plan.NEVER
            ? Optional.empty()
            : Optional.of(
                vertx.setTimer(
                    1 + TimeUnit.NANOSECONDS.toMillis(nextNanos - nowNanos), fired -> planSoon()));
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
            known.isPresent() ? surroundings.table().dataplane().word() : "none",
            servers,
            report.syncDaemons(),
            readMillis,
            WillForm.of(operators.will(), nowNanos),
            WillForm.ofNode(operators.will(), nowNanos)));
  }

  private long quorumMillis(VirtualServer.Id id, long nowNanos) {
    return TimeUnit.NANOSECONDS.toMillis(nowNanos - quorumSinceNanos.getOrDefault(id, nowNanos));
  }
}
