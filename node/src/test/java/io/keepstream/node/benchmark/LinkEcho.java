package io.keepstream.node.benchmark;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Service;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.edge.EventLink;
import io.keepstream.runtime.link.edge.LinkListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.Set;

/** A process that says on one topic what it hears on the other, until it is ended. */
final class LinkEcho {
  static final String ECHO = "benchmark.echo";

  private LinkEcho() {}

  /** Runs in the directory that is the only argument. */
  public static void main(String[] arguments) {
    Vertx vertx = linked(Path.of(arguments[0]), Service.NOTIFIER.label(), new Nobody());
    vertx.eventBus().consumer(Bus.EVENTS, said -> vertx.eventBus().publish(ECHO, said.body()));
  }

  /** An event bus with its end of the link. */
  static Vertx linked(Path directory, String name, LinkListener listener) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
    ContractCodec.register(vertx);
    vertx
        .deployVerticle(
            new EventLink(
                directory, name, Set.of(Bus.EVENTS, ECHO), listener, new SimpleMeterRegistry()))
        .await();
    return vertx;
  }

  private record Nobody() implements LinkListener {
    @Override
    public void joined(String peer, Set<String> exports) {}

    @Override
    public void left(String peer, DropReason reason) {}
  }
}
