package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.notifier.body.CloudEvents;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.delivery.Outcome;
import io.keepstream.notifier.port.Sink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaProducerRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Sends each event to the topic of transitions, keyed by its subject, in CloudEvents' binary
 * content mode. The Kafka client queues without bound and waits without end, so it gets few records
 * at a time, and all that may wait runs on a worker with a short limit.
 */
final class KafkaSink implements Sink<Envelope> {
  private static final long CLOSE_MILLIS = 500;

  private final Vertx vertx;
  private final EventStream stream;
  private final KafkaTopic topic;
  private Future<KafkaProducer<String, byte[]>> producer;
  private final Set<Future<?>> attempts = new HashSet<>();
  private boolean closed;

  KafkaSink(Context context, EventStream stream) {
    this.vertx = context.owner();
    this.stream = stream;
    topic = KafkaTopic.ofTransitions(context, stream);
  }

  @Override
  public void open(Consumer<Outcome> done) {
    Future<Void> ready = stream.createTopics() ? topic.ensure() : Future.succeededFuture();
    report(ready.compose(there -> producer()), done);
  }

  @Override
  public void send(Envelope envelope, Consumer<Outcome> done) {
    report(producer().compose(ready -> ready.send(record(envelope))), done);
  }

  /** What is under way ends with the clients it uses; nothing of it is left when the loop goes. */
  @Override
  public void close(Runnable done) {
    closed = true;
    Future.join(topic.close(), letGo())
        .eventually(
            () -> Future.join(List.copyOf(attempts)).timeout(CLOSE_MILLIS, TimeUnit.MILLISECONDS))
        .onComplete(gone -> done.run());
  }

  /** Made off the event loop: loading the client's classes takes half a second. */
  private Future<KafkaProducer<String, byte[]>> producer() {
    if (producer == null) {
      producer =
          vertx
              .executeBlocking(() -> KafkaClients.producer(vertx, stream), false)
              // Each send reports its own failure.
              .map(made -> made.exceptionHandler(failure -> {}));
    }
    return closed ? letGo().compose(gone -> Future.failedFuture("closed")) : producer;
  }

  private Future<Void> letGo() {
    if (producer == null) {
      return Future.succeededFuture();
    }
    Future<Void> gone = producer.compose(made -> made.close(CLOSE_MILLIS));
    producer = null;
    return gone.timeout(2 * CLOSE_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  private KafkaProducerRecord<String, byte[]> record(Envelope envelope) {
    KafkaProducerRecord<String, byte[]> record =
        KafkaProducerRecord.create(
            stream.transitionsTopic(), envelope.event().subject(), CloudEvents.data(envelope));
    record.addHeader("content-type", CloudEvents.DATA_TYPE);
    CloudEvents.attributes(envelope)
        .forEach((name, value) -> record.addHeader("ce_" + name, value));
    return record;
  }

  private void report(Future<?> result, Consumer<Outcome> done) {
    attempts.add(result);
    result
        .onComplete(over -> attempts.remove(result))
        .onComplete(ok -> done.accept(Outcome.DONE), failure -> done.accept(failed(failure)));
  }

  private Outcome failed(Throwable failure) {
    String detail = stream.bootstrapServers() + ": " + failure.getMessage();
    if (failure instanceof RecordTooLargeException) {
      return new Outcome.GivenUp(detail);
    }
    if (!(failure instanceof RetriableException)) {
      // A producer may have ended for good; the next attempt makes another.
      letGo();
    }
    return new Outcome.Retry(detail);
  }
}
