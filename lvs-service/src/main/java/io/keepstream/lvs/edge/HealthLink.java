package io.keepstream.lvs.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.lvs.plan.HealthFeed;
import io.keepstream.lvs.plan.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hears health-service on the event bus, and asks it for a snapshot where something was missed. */
final class HealthLink {
  private final HealthFeed feed = new HealthFeed();
  private final Vertx vertx;
  private final DeliveryOptions limit;
  private final Runnable onChange;
  private List<MessageConsumer<Object>> consumers = List.of();
  private boolean asking;

  /**
   * A link that is not connected yet.
   *
   * @param onChange called on the context of {@link #start} when a verdict changed
   */
  HealthLink(Vertx vertx, long answerMillis, Runnable onChange) {
    this.vertx = vertx;
    this.limit = new DeliveryOptions().setSendTimeout(answerMillis);
    this.onChange = onChange;
  }

  /** Listens, and completes when health-service has answered or is known not to. */
  Future<Void> start() {
    consumers =
        List.of(
            vertx.eventBus().consumer(Bus.EVENTS, message -> take(message.body())),
            vertx.eventBus().consumer(Bus.SNAPSHOTS, message -> take(message.body())));
    return ask();
  }

  /** Forgets all other servers, and completes as {@link #start} does. */
  Future<Void> keepOnly(Set<BackendRef> backends) {
    feed.keepOnly(backends);
    return ask();
  }

  void stop() {
    consumers.forEach(MessageConsumer::unregister);
  }

  Map<BackendRef, Verdict> verdicts() {
    return feed.verdicts();
  }

  private void take(Object message) {
    boolean changed =
        switch (message) {
          case Envelope envelope when envelope.source().service() == Service.HEALTH -> {
            boolean news = feed.take(envelope);
            if (!feed.complete() && !asking) {
              ask();
            }
            yield news;
          }
          case Snapshot snapshot when snapshot.source().service() == Service.HEALTH ->
              feed.take(snapshot);
          default -> false;
        };
    if (changed) {
      onChange.run();
    }
  }

  private Future<Void> ask() {
    asking = true;
    return vertx
        .eventBus()
        .request(Bus.snapshotOf(Service.HEALTH), "", limit)
        .onSuccess(reply -> take(reply.body()))
        .<Void>mapEmpty()
        .otherwiseEmpty()
        .onComplete(done -> asking = false);
  }
}
