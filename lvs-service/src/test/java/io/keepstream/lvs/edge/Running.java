package io.keepstream.lvs.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Instruction;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.CheckEvidence;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.OperatorEvent.OverrideSet;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.lab.Await;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.lvs.port.WillStore;
import io.keepstream.runtime.ContractCodec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A running {@link LvsVerticle} with everything it has published, and health-service's voice. */
final class Running implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(20);
  private static final CheckEvidence EVIDENCE = new CheckEvidence("TCP_CHECK", "OK", null, 1, 1);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Pace pace;
  private LvsVerticle verticle;
  private WillStore will = WillStore.NONE;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicLong healthSequence = new AtomicLong();
  private final AtomicLong electionSequence = new AtomicLong();

  Running() {
    this(new Pace(50, 50, 500));
  }

  Running(Pace pace) {
    this.pace = pace;
    ContractCodec.register(vertx);
    onContext(
        () -> {
          vertx.eventBus().<Envelope>consumer(Bus.EVENTS, message -> record(message.body()));
          return Future.succeededFuture();
        });
  }

  private void record(Envelope envelope) {
    if (envelope.source().service() == Service.LVS) {
      events.add(envelope.event());
    }
  }

  /** Has health-service answer requests for its snapshot. */
  Running withHealth(Map<BackendRef, Boolean> verdicts) {
    return withHealth(verdicts, Future.succeededFuture());
  }

  /** Has health-service answer requests for its snapshot from a moment on. */
  Running withHealth(Map<BackendRef, Boolean> verdicts, Future<Void> moment) {
    vertx
        .eventBus()
        .consumer(
            Bus.snapshotOf(Service.HEALTH),
            request -> moment.onSuccess(now -> request.reply(snapshot(verdicts))));
    return this;
  }

  /** Has health-service check what operators add, which counts as {@code up} at first. */
  Running checkingAdditions(boolean up) {
    onContext(
        () -> {
          vertx
              .eventBus()
              .<Envelope>consumer(
                  Bus.EVENTS,
                  message -> {
                    if (message.body().event() instanceof OverrideSet set
                        && set.kind() == OverrideKind.ADDED) {
                      say(new BackendEvent.ChecksCopied(set.backend(), List.of("TCP_CHECK"), up));
                    }
                  });
          return Future.succeededFuture();
        });
    return withHealth(Map.of());
  }

  private Snapshot snapshot(Map<BackendRef, Boolean> verdicts) {
    List<ServiceState.Backend> backends =
        verdicts.entrySet().stream()
            .map(
                each ->
                    new ServiceState.Backend(each.getKey(), each.getValue(), 0, EVIDENCE, 0, null))
            .toList();
    return new Snapshot(
        source(),
        healthSequence.get(),
        Instant.EPOCH,
        new ServiceState.Health(backends, List.of()));
  }

  private static Source source() {
    return source(Service.HEALTH);
  }

  private static Source source(Service service) {
    return new Source("n1", service, "boot");
  }

  /** Has election-service say that an instance is in another state. */
  void instance(String name, VrrpState from, VrrpState to) {
    VrrpEvent.InstanceChanged event =
        new VrrpEvent.InstanceChanged(
            new VirtualRouterRef(name, 33, "inet", "eth0"), from, to, 1, null, null, null);
    vertx
        .eventBus()
        .publish(
            Bus.EVENTS,
            new Envelope(
                source(Service.ELECTION),
                electionSequence.incrementAndGet(),
                Instant.EPOCH,
                event));
  }

  /** Keeps what operators want there. */
  Running keeping(WillStore store) {
    will = store;
    return this;
  }

  /** What the service answers to an order of root. */
  String order(Instruction.Act act) {
    return get(ordered(act, false));
  }

  /** The same where it is to be done in spite of what it leaves. */
  String force(Instruction.Act act) {
    return get(ordered(act, true));
  }

  /** Why the service refuses an order. */
  String refusal(Instruction.Act act) {
    return get(ordered(act, false).transform(answer -> Future.succeededFuture(answer.cause())))
        .getMessage();
  }

  private Future<String> ordered(Instruction.Act act, boolean force) {
    return vertx
        .eventBus()
        .<String>request(
            Bus.instructionsTo(Service.LVS), new Instruction("root", "a test", force, act))
        .map(Message::body);
  }

  MeterRegistry meters() {
    return meters;
  }

  Running start(LvsConfig config, IpvsTable table) {
    get(startSoon(config, table));
    return this;
  }

  /** Starts without waiting for it. */
  Future<Object> startSoon(LvsConfig config, IpvsTable table) {
    verticle = new LvsVerticle("n1", config, new Surroundings(table, meters, will), pace);
    return soon(() -> verticle.deploy(context));
  }

  void reconfigure(LvsConfig next) {
    onContext(() -> verticle.reconfigure(next));
  }

  void stop() {
    LvsVerticle running = verticle;
    verticle = null;
    onContext(() -> running.undeploy(context));
  }

  void up(BackendRef backend) {
    say(new BackendEvent.Up(backend, 1, EVIDENCE));
  }

  void down(BackendRef backend) {
    say(new BackendEvent.Down(backend, 1, EVIDENCE));
  }

  void weight(BackendRef backend, int adjustment) {
    say(new BackendEvent.WeightAdjusted(backend, 0, adjustment, EVIDENCE));
  }

  /** Loses an event of health-service. */
  void gap() {
    healthSequence.incrementAndGet();
  }

  private void say(Event event) {
    long sequence = healthSequence.incrementAndGet();
    vertx.eventBus().publish(Bus.EVENTS, new Envelope(source(), sequence, Instant.EPOCH, event));
  }

  ServiceState.Lvs state() {
    Snapshot snapshot =
        get(
            vertx
                .eventBus()
                .<Snapshot>request(Bus.snapshotOf(Service.LVS), "")
                .map(reply -> reply.body()));
    return (ServiceState.Lvs) snapshot.state();
  }

  /** What was published so far. */
  List<Event> events() {
    // The recorder runs on the verticle's context, so what it was sent before this is there.
    onContext(Future::succeededFuture);
    return List.copyOf(events);
  }

  void forget() {
    events();
    events.clear();
  }

  /** Waits until all of {@code expected} were published, in any order with others between. */
  void await(Event... expected) {
    awaitEvents(all -> all.containsAll(List.of(expected)), List.of(expected).toString());
  }

  void awaitEvents(Predicate<List<Event>> condition, String description) {
    Await.value(
        LIMIT,
        () -> description + " but " + events,
        () -> condition.test(events()) ? Optional.of(true) : Optional.empty());
  }

  /** Whether an event of this type was published. */
  static Predicate<List<Event>> has(Class<? extends Event> type) {
    return events -> events.stream().anyMatch(type::isInstance);
  }

  private void onContext(Callable<Future<?>> action) {
    get(soon(action));
  }

  private Future<Object> soon(Callable<Future<?>> action) {
    Promise<Object> done = Promise.promise();
    context.runOnContext(
        now -> {
          try {
            action.call().<Object>map(result -> null).onComplete(done);
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return done.future();
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (verticle != null) {
      stop();
    }
    get(vertx.close());
  }
}
