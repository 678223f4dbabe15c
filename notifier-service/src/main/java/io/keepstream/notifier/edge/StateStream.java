package io.keepstream.notifier.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.contract.snapshot.Standing;
import io.keepstream.notifier.body.CloudEvents;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.state.Standings;
import io.keepstream.notifier.state.StateTable;
import io.keepstream.notifier.state.StateTable.Change;
import io.keepstream.runtime.ContractJson;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the compacted topic in step with what the services of this node say: by their snapshots, of
 * which one is asked for whenever they publish an event.
 */
final class StateStream {
  private static final Logger log = LoggerFactory.getLogger(StateStream.class);

  /** How often the node says that it is there, and for how long it is believed. */
  private static final long BEAT_MILLIS = 10_000;

  private static final Duration FRESH = Duration.ofSeconds(35);

  /** Events come in bursts; one snapshot tells of all. */
  private static final long GATHER_MILLIS = 50;

  private static final long PAUSE_MILLIS = 2_000;
  private static final long CLOSE_MILLIS = 500;
  private static final int AT_ONCE = 16;

  /** The services whose snapshots have something to say, and the node itself. */
  private static final Set<Service> SERVICES = EnumSet.complementOf(EnumSet.of(Service.NODE));

  private final Vertx vertx;
  private final EventStream stream;
  private final Source source;
  private final InstantSource wallClock;
  private final StateTable table = new StateTable();
  private final KafkaTopic topic;
  private final List<MessageConsumer<?>> consumers;
  private final Set<Service> asked = EnumSet.noneOf(Service.class);
  private final Instant since;
  private final long beat;
  private KafkaProducer<String, byte[]> producer;
  private int sending;
  private boolean failing;
  private boolean paused;
  private boolean closed;

  /** Begins at once, for the notifier that is {@code source}. */
  StateStream(Context context, EventStream stream, Source source, InstantSource wallClock) {
    this.vertx = context.owner();
    this.stream = stream;
    this.source = source;
    this.wallClock = wallClock;
    since = wallClock.instant();
    topic = KafkaTopic.ofState(context, stream);
    consumers =
        List.of(
            vertx.eventBus().<Snapshot>consumer(Bus.SNAPSHOTS, said -> take(said.body())),
            vertx.eventBus().<Envelope>consumer(Bus.EVENTS, said -> askSoon(said.body())));
    beat = vertx.setPeriodic(0, BEAT_MILLIS, tick -> beat(true));
    SERVICES.forEach(this::ask);
    open();
  }

  /** Says that the node is gone, if the broker is there to hear it. */
  Future<?> close() {
    consumers.forEach(MessageConsumer::unregister);
    vertx.cancelTimer(beat);
    beat(false);
    closed = true;
    Future<Void> last = producer == null ? Future.succeededFuture() : producer.flush();
    return last.timeout(CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .transform(flushed -> letGo())
        .transform(gone -> topic.close());
  }

  private void open() {
    Future<Void> there = stream.createTopics() ? topic.ensure() : Future.succeededFuture();
    there
        .compose(ready -> vertx.executeBlocking(() -> KafkaClients.producer(vertx, stream), false))
        .onSuccess(this::begin)
        .onFailure(this::failed);
  }

  private void begin(KafkaProducer<String, byte[]> made) {
    // Each send reports its own failure.
    producer = made.exceptionHandler(failure -> {});
    if (closed) {
      letGo();
    } else {
      pump();
    }
  }

  private Future<Void> letGo() {
    if (producer == null) {
      return Future.succeededFuture();
    }
    Future<Void> gone = producer.close(CLOSE_MILLIS);
    producer = null;
    return gone.timeout(2 * CLOSE_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  private void askSoon(Envelope envelope) {
    Service service = envelope.source().service();
    if (SERVICES.contains(service) && asked.add(service)) {
      vertx.setTimer(
          GATHER_MILLIS,
          now -> {
            asked.remove(service);
            ask(service);
          });
    }
  }

  private void ask(Service service) {
    vertx
        .eventBus()
        .<Snapshot>request(Bus.snapshotOf(service), Service.NOTIFIER.label())
        .onSuccess(reply -> take(reply.body()));
  }

  private void take(Snapshot snapshot) {
    if (!closed && snapshot.source().node().equals(source.node())) {
      table.take(snapshot.source().service(), Standings.of(snapshot));
      pump();
    }
  }

  private void beat(boolean alive) {
    Instant now = wallClock.instant();
    String freshUntil = (alive ? now.plus(FRESH) : now).toString();
    Map<String, Object> state = Map.of("alive", alive, "freshUntil", freshUntil);
    table.take(
        Service.NODE, Map.of("node", new Standing(source, "node", alive ? since : now, state)));
    pump();
  }

  private void pump() {
    while (producer != null && !paused && sending < AT_ONCE) {
      Optional<Change> change = table.next();
      if (change.isEmpty()) {
        return;
      }
      send(change.get());
    }
  }

  private void send(Change change) {
    sending++;
    producer
        .send(record(change))
        .onComplete(
            sent -> {
              sending--;
              table.ended(change, sent.succeeded());
              if (sent.succeeded()) {
                worked();
                pump();
              } else {
                failed(sent.cause());
              }
            });
  }

  private KafkaProducerRecord<String, byte[]> record(Change change) {
    String key = source.node() + "/" + change.subject();
    byte[] value = change.standing().map(ContractJson::bytes).orElse(null);
    KafkaProducerRecord<String, byte[]> record =
        KafkaProducerRecord.create(stream.stateTopic(), key, value);
    record.addHeader("content-type", CloudEvents.DATA_TYPE);
    change
        .standing()
        .ifPresent(
            standing ->
                CloudEvents.attributes(standing, wallClock.instant())
                    .forEach((name, text) -> record.addHeader("ce_" + name, text)));
    return record;
  }

  private void worked() {
    if (failing) {
      failing = false;
      log.info("{} is kept up to date again", stream.stateTopic());
    }
  }

  /** What could not be sent is sent as it is by then. */
  private void failed(Throwable failure) {
    if (!failing) {
      failing = true;
      log.warn("{} is not kept up to date: {}", stream.stateTopic(), failure.getMessage());
    }
    if (!paused && !closed) {
      paused = true;
      vertx.setTimer(PAUSE_MILLIS, over -> resume());
    }
  }

  private void resume() {
    paused = false;
    if (closed) {
      return;
    }
    if (producer == null) {
      open();
    } else {
      pump();
    }
  }
}
