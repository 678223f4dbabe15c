package io.keepstream.node.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Order;
import io.keepstream.contract.Service;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.edge.EventLink;
import io.keepstream.runtime.link.edge.LinkListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.Message;
import java.nio.file.Path;
import java.util.Set;

/** Stands for a process of a node: it is linked with that of election, and runs no service. */
final class StandIn implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Vertx vertx;
  private final String name;
  private final EventLink link;

  private StandIn(Vertx vertx, String name, EventLink link) {
    this.vertx = vertx;
    this.name = name;
    this.link = link;
  }

  /** One called {@code name}, which takes no orders yet. */
  static StandIn join(Path meeting, String name) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    ContractCodec.register(vertx);
    Promise<Void> met = Promise.promise();
    EventLink link =
        new EventLink(meeting, name, Set.of(), new Meeting(met), new SimpleMeterRegistry());
    vertx.deployVerticle(link).await();
    met.future().timeout(LIMIT_SECONDS, SECONDS).await();
    return new StandIn(vertx, name, link);
  }

  private record Meeting(Promise<Void> met) implements LinkListener {
    @Override
    public void joined(String peer, Set<String> exports) {
      if (exports.contains(Bus.snapshotOf(Service.ELECTION))) {
        met.tryComplete();
      }
    }

    @Override
    public void left(String peer, DropReason reason) {}
  }

  /** Takes orders from now on, and election knows it. */
  void obey(Handler<Message<Order>> orders) {
    vertx.eventBus().consumer(Bus.ordersTo(name), orders);
    link.export(Set.of(Bus.ordersTo(name)));
    // Whoever answers has read what was sent before.
    vertx.eventBus().request(Bus.snapshotOf(Service.ELECTION), "").await();
  }

  /** Is gone soon; may be called from a handler. */
  void leave() {
    vertx.close();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
