package io.keepstream.health.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.lab.Await;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.script.ScriptRunner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.IoEventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** health-service alone on a Vert.x of its own, with what it published. */
final class HealthRig implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(10);

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final HealthVerticle verticle;
  private long heard;

  private HealthRig(HealthConfig config, Function<Surroundings, Checkers> checkers) {
    ContractCodec.register(vertx);
    vertx.eventBus().<Envelope>consumer(Bus.EVENTS, message -> take(message.body()));
    verticle = new HealthVerticle("node1", config, meters, checkers);
    await(vertx.deployVerticle(verticle));
  }

  private void take(Envelope envelope) {
    if (envelope.source().service() == Service.HEALTH) {
      events.add(envelope.event());
    }
  }

  /** With real sockets and processes. */
  static HealthRig start(HealthConfig config) {
    return new HealthRig(config, KernelCheckers::new);
  }

  /** With sockets of {@code tcp} and real processes. */
  static HealthRig start(HealthConfig config, Function<IoEventLoop, Checker<Target.Tcp>> tcp) {
    return new HealthRig(
        config,
        around ->
            only(tcp.apply(around.loop()), new ScriptChecker(new ScriptRunner(), around.loop())));
  }

  private static Checkers only(Checker<Target.Tcp> tcp, Checker<Target.Script> script) {
    return target ->
        switch (target) {
          case Target.Tcp each -> tcp.prepare(each);
          case Target.Script each -> script.prepare(each);
          default -> throw new AssertionError(target);
        };
  }

  void change(HealthConfig next) {
    await(verticle.reconfigure(next));
  }

  MeterRegistry meters() {
    return meters;
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  /**
   * Backend events as {@code DOWN CONNECT_REFUSED 2}, tracker events as {@code chk up first},
   * {@code load says 5}.
   */
  List<String> told() {
    return events.stream().map(HealthRig::told).toList();
  }

  private static String told(Event event) {
    return switch (event) {
      case BackendEvent.Up up ->
          "UP %s %d".formatted(up.evidence().reason(), up.evidence().attempts());
      case BackendEvent.Down down ->
          "DOWN %s %d".formatted(down.evidence().reason(), down.evidence().attempts());
      case BackendEvent.WeightAdjusted adjusted -> "WEIGHT %+d".formatted(adjusted.adjustment());
      case TrackerChanged changed ->
          changed.tracker().name()
              + (changed.value() != null
                  ? " says " + changed.value()
                  : changed.up() ? " up" : " down")
              + (changed.first() ? " first" : "");
      default -> event.summary();
    };
  }

  void awaitTold(String... told) {
    Await.value(
        SOON,
        () -> List.of(told) + ", not " + told(),
        () -> told().equals(List.of(told)) ? Optional.of(true) : Optional.empty());
  }

  ServiceState.Health state() {
    Future<Snapshot> snapshot =
        vertx.eventBus().<Snapshot>request(Bus.snapshotOf(Service.HEALTH), "").map(m -> m.body());
    return (ServiceState.Health) await(snapshot).state();
  }

  /** Publishes what election-service would. */
  void hear(Event event) {
    hear(Service.ELECTION, event);
  }

  /** Publishes what another service would. */
  void hear(Service service, Event event) {
    Source source = new Source("node1", service, "boot1");
    Envelope envelope = new Envelope(source, ++heard, Instant.EPOCH, event);
    vertx.eventBus().publish(Bus.EVENTS, envelope);
  }

  void undeploy() {
    vertx.deploymentIDs().forEach(id -> await(vertx.undeploy(id)));
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
