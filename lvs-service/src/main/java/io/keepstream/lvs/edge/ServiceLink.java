package io.keepstream.lvs.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.lvs.plan.Feed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;

/** Hears a service on the event bus, and asks it for a snapshot where something was missed. */
final class ServiceLink {
  private final Vertx vertx;
  private final Service service;
  private final Feed feed;
  private final DeliveryOptions limit;
  private final Runnable onChange;
  private List<MessageConsumer<Object>> consumers = List.of();
  private boolean asking;

  /**
   * A link that is not connected yet.
   *
   * @param feed takes what is heard
   * @param onChange called on the context of {@link #start} when something changed
   */
  ServiceLink(Vertx vertx, Service service, Feed feed, long answerMillis, Runnable onChange) {
    this.vertx = vertx;
    this.service = service;
    this.feed = feed;
    this.limit = new DeliveryOptions().setSendTimeout(answerMillis);
    this.onChange = onChange;
  }

  /** Listens, and completes when the service has answered or is known not to. */
  Future<Void> start() {
    consumers =
        List.of(
            vertx.eventBus().consumer(Bus.EVENTS, message -> take(message.body())),
            vertx.eventBus().consumer(Bus.SNAPSHOTS, message -> take(message.body())));
    return ask();
  }

  void stop() {
    consumers.forEach(MessageConsumer::unregister);
  }

  private void take(Object message) {
    boolean changed =
        switch (message) {
          case Envelope envelope when envelope.source().service() == service -> {
            boolean news = feed.take(envelope);
            if (!feed.complete() && !asking) {
              ask();
            }
            yield news;
          }
          case Snapshot snapshot when snapshot.source().service() == service -> feed.take(snapshot);
          default -> false;
        };
    if (changed) {
      onChange.run();
    }
  }

  /** Asks for a snapshot, and completes as {@link #start} does. */
  Future<Void> ask() {
    asking = true;
    return vertx
        .eventBus()
        .request(Bus.snapshotOf(service), Service.LVS.label(), limit)
        .onSuccess(reply -> take(reply.body()))
        .<Void>mapEmpty()
        .otherwiseEmpty()
        .onComplete(done -> asking = false);
  }
}
