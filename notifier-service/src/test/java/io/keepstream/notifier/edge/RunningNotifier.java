package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Question;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.lab.Await;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A notifier in a Vert.x of its own, with the test as the other services. */
final class RunningNotifier implements AutoCloseable {
  private static final String NODE = "lb1";
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final NotifierVerticle verticle;
  private final EventPublisher election;
  private final BlockingQueue<DeliveryEvent> said = new LinkedBlockingQueue<>();
  private String deployment;

  private RunningNotifier(String node, NotifierConfig config, Duration patience) {
    ContractCodec.register(vertx);
    Source source = new Source(node, Service.ELECTION, "b00t");
    election = new EventPublisher(vertx.eventBus(), source, InstantSource.system());
    verticle = new NotifierVerticle(node, config, meters, patience);
    vertx
        .eventBus()
        .<Envelope>consumer(
            Bus.EVENTS,
            message -> {
              if (message.body().event() instanceof DeliveryEvent event
                  && !(event instanceof DeliveryEvent.ScriptEnded)) {
                said.add(event);
              }
            });
  }

  static RunningNotifier with(NotifierConfig config) {
    return with(config, ScriptSink.PATIENCE);
  }

  /** With another time that a script is waited for. */
  static RunningNotifier with(NotifierConfig config, Duration patience) {
    return new RunningNotifier(NODE, config, patience).start();
  }

  /** Not started yet, so that the test can play other services on its bus. */
  static RunningNotifier prepared(NotifierConfig config) {
    return prepared(NODE, config);
  }

  static RunningNotifier prepared(String node, NotifierConfig config) {
    return new RunningNotifier(node, config, ScriptSink.PATIENCE);
  }

  RunningNotifier start() {
    deployment = get(vertx.deployVerticle(verticle));
    return this;
  }

  void publish(Event... events) {
    List.of(events).forEach(election::publish);
  }

  /** The next word about a sink's health. */
  DeliveryEvent nextSaid() throws InterruptedException {
    DeliveryEvent event = said.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(event).as("a delivery event").isNotNull();
    return event;
  }

  /** What was said about sinks and not asked for yet. */
  List<DeliveryEvent> alsoSaid() {
    return List.copyOf(said);
  }

  void reconfigure(NotifierConfig next) {
    get(verticle.reconfigure(next));
  }

  ServiceState.Sink sink(String name) {
    Snapshot snapshot =
        get(vertx.eventBus().<Snapshot>request(Bus.snapshotOf(Service.NOTIFIER), "")).body();
    return ((ServiceState.Notifier) snapshot.state())
        .sinks().stream().filter(sink -> sink.sink().equals(name)).findFirst().orElseThrow();
  }

  void awaitDelivered(String sink, long count) {
    Await.until(LIMIT, sink + " delivered " + count, () -> sink(sink).delivered() >= count);
  }

  MeterRegistry meters() {
    return meters;
  }

  /** What it answers to people, or how it refuses. */
  String ask(Question.What what, String argument) {
    return get(
        vertx
            .eventBus()
            .<String>request(Bus.questionsTo(Service.NOTIFIER), new Question(what, argument))
            .map(reply -> reply.body())
            .otherwise(Throwable::getMessage));
  }

  Vertx vertx() {
    return vertx;
  }

  /** Stops the service as the node does, and says how long it took. */
  Duration stop() {
    long startedNanos = System.nanoTime();
    get(vertx.undeploy(deployment));
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  @Override
  public void close() {
    get(vertx.close());
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
