package io.keepstream.notifier.edge;

import io.keepstream.contract.event.ClusterEvent;
import io.keepstream.contract.snapshot.Standing;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.watch.Input;
import io.keepstream.notifier.watch.SplitBrainWatch;
import io.keepstream.notifier.watch.SplitBrainWatch.Transition;
import io.keepstream.notifier.watch.State;
import io.keepstream.notifier.watch.Told;
import io.keepstream.runtime.ContractJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.common.TopicPartition;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.consumer.KafkaConsumerRecord;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the compacted topic of a cluster, and tells of two nodes that claim the same addresses. */
final class ClusterWatch {
  private static final Logger log = LoggerFactory.getLogger(ClusterWatch.class);
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_MILLIS = 5_000;
  private static final long CLOSE_MILLIS = 1_000;

  private final Vertx vertx;
  private final EventStream stream;
  private final InstantSource wallClock;
  private final Consumer<ClusterEvent> events;
  private KafkaConsumer<String, byte[]> consumer;
  private State state = State.EMPTY;
  private long timer = -1;
  private boolean unreadable;
  private boolean closed;

  /** Begins at once. */
  ClusterWatch(
      Vertx vertx, EventStream stream, InstantSource wallClock, Consumer<ClusterEvent> events) {
    this.vertx = vertx;
    this.stream = stream;
    this.wallClock = wallClock;
    this.events = events;
    open();
  }

  Future<?> close() {
    closed = true;
    vertx.cancelTimer(timer);
    return letGo();
  }

  private void open() {
    vertx
        .executeBlocking(() -> KafkaClients.consumer(vertx, stream), false)
        .compose(this::follow)
        .onFailure(this::later);
  }

  /** From the beginning: what stands there is the state of the whole cluster. */
  private Future<Void> follow(KafkaConsumer<String, byte[]> made) {
    consumer = made;
    if (closed) {
      return letGo();
    }
    made.exceptionHandler(failure -> log.debug("{}", stream.stateTopic(), failure));
    made.handler(this::take);
    return made.partitionsFor(stream.stateTopic())
        .map(
            partitions ->
                partitions.stream()
                    .map(each -> new TopicPartition(each.getTopic(), each.getPartition()))
                    .collect(Collectors.toSet()))
        .compose(this::readAll);
  }

  private Future<Void> readAll(Set<TopicPartition> partitions) {
    return partitions.isEmpty()
        ? Future.failedFuture("there is no topic " + stream.stateTopic())
        : consumer.assign(partitions).compose(assigned -> consumer.seekToBeginning(partitions));
  }

  private void later(Throwable failure) {
    log.debug("{} cannot be read", stream.stateTopic(), failure);
    letGo();
    if (!closed) {
      timer = vertx.setTimer(PAUSE_MILLIS, over -> open());
    }
  }

  private Future<Void> letGo() {
    if (consumer == null) {
      return Future.succeededFuture();
    }
    Future<Void> gone = consumer.close();
    consumer = null;
    return gone.timeout(CLOSE_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  private void take(KafkaConsumerRecord<String, byte[]> record) {
    try {
      Standing standing =
          record.value() == null
              ? null
              : ContractJson.mapper().readValue(record.value(), Standing.class);
      Told.of(record.key(), standing, wallClock.instant()).ifPresent(this::on);
    } catch (IOException | RuntimeException e) {
      // Anybody may have written it; the next one may be readable.
      if (!unreadable) {
        unreadable = true;
        log.warn("{} holds what nobody can read, as at {}", stream.stateTopic(), record.key(), e);
      }
    }
  }

  private void on(Input input) {
    Transition next = SplitBrainWatch.next(GRACE_NANOS, state, input, System.nanoTime());
    state = next.state();
    next.events().forEach(events);
    rearm();
  }

  private void rearm() {
    vertx.cancelTimer(timer);
    if (!closed && state.deadlineNanos() < Long.MAX_VALUE) {
      long millis = TimeUnit.NANOSECONDS.toMillis(state.deadlineNanos() - System.nanoTime()) + 1;
      timer = vertx.setTimer(Math.max(1, millis), now -> on(new Input.TimerExpired()));
    }
  }
}
