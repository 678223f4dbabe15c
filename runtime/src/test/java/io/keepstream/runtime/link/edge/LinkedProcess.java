package io.keepstream.runtime.link.edge;

import io.keepstream.lab.Await;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.link.DropReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** An event bus of its own with its end of the link, as a process has it. */
final class LinkedProcess implements AutoCloseable {
  static final String TOPIC = "topic";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<String, Set<String>> peers = new ConcurrentHashMap<>();
  private final List<Object> heard = new CopyOnWriteArrayList<>();
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
  private final EventLink link;
  private final String name;

  LinkedProcess(Path directory, String name, String... exports) {
    this.name = name;
    ContractCodec.register(vertx);
    vertx.eventBus().consumer(TOPIC, message -> heard.add(message.body()));
    link = new EventLink(directory, name, Set.of(TOPIC), new Peers(), meters);
    get(vertx.deployVerticle(link));
    if (exports.length > 0) {
      link.export(Set.of(exports));
    }
  }

  private final class Peers implements LinkListener {
    @Override
    public void joined(String peer, Set<String> exports) {
      peers.put(peer, exports);
    }

    @Override
    public void left(String peer, DropReason reason) {
      peers.remove(peer);
    }
  }

  EventLink link() {
    return link;
  }

  EventBus bus() {
    return vertx.eventBus();
  }

  Map<String, Set<String>> peers() {
    return peers;
  }

  /** What was published on the topic, here or elsewhere. */
  List<Object> heard() {
    return heard;
  }

  void awaitPeers(String... names) {
    Await.until(
        LIMIT,
        name + " is linked with " + Set.of(names) + " and not " + peers.keySet(),
        () -> peers.keySet().equals(Set.of(names)));
  }

  /** Waits until {@code peer} can be asked at {@code address}. */
  void awaitExport(String peer, String address) {
    Await.until(
        LIMIT,
        peer + " exports " + address,
        () -> peers.getOrDefault(peer, Set.of()).contains(address));
  }

  Future<Object> ask(String address, Object question) {
    return bus()
        .request(address, question, new DeliveryOptions().setSendTimeout(LIMIT.toMillis()))
        .map(reply -> reply.body());
  }

  /** How often a connection was given up for {@code reason}. */
  double drops(DropReason reason) {
    return meters.find("keepstream_link_drops").tag("reason", reason.label()).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** How many messages were left out. */
  double lost() {
    return meters.find("keepstream_link_messages_lost").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** Ends without a word, as a killed process does. */
  @Override
  public void close() {
    get(vertx.close());
  }

  static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
