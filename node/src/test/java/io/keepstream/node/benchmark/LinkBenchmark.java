package io.keepstream.node.benchmark;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.VipEvent;
import io.keepstream.lab.Await;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.edge.EventLink;
import io.keepstream.runtime.link.edge.LinkListener;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long an event takes from the process of election-service to that of notifier-service: half of
 * what it takes to go there and come back; and how soon a process is missed and found again. {@code
 * ./keepstream benchmark}.
 */
@EnabledIfSystemProperty(named = "keepstream.benchmark", matches = "true")
class LinkBenchmark {
  private static final int WARM_UP = 200;
  private static final int EVENTS = 2_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LIMIT_SECONDS = 30;
  private static final int RESTARTS = 11;

  @TempDir private Path directory;

  @Test
  void fromProcessToProcess() throws Exception {
    try (Presence presence = new Presence()) {
      Process echo = echo();
      presence.await(Presence.Change.JOINED);
      measure(presence.vertx);
      echo.destroy();
    }
  }

  /** The JVM's own start, which comes before that it listens, is not counted. */
  @Test
  void killedAndStartedAgain() throws Exception {
    Samples gone = new Samples();
    Samples back = new Samples();
    try (Presence presence = new Presence()) {
      Process echo = echo();
      presence.await(Presence.Change.JOINED);
      for (int i = 0; i < RESTARTS; i++) {
        long killedNanos = System.nanoTime();
        echo.destroyForcibly();
        gone.add((presence.await(Presence.Change.LEFT) - killedNanos) / 1e6);
        Files.delete(EventLink.socket(directory, Service.NOTIFIER.label()));
        echo = echo();
        long listensNanos = awaitSocket();
        back.add((presence.await(Presence.Change.JOINED) - listensNanos) / 1e6);
      }
      echo.destroyForcibly();
    }
    Table table = new Table("another process", "ms");
    table.row("killed, until it is noticed", gone);
    table.row("started again: from that it listens until it can be asked", back);
    table.print();
  }

  private long awaitSocket() {
    Path socket = EventLink.socket(directory, Service.NOTIFIER.label());
    Await.until(Duration.ofSeconds(LIMIT_SECONDS), "it listens", () -> Files.exists(socket));
    return System.nanoTime();
  }

  private Process echo() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LinkEcho.class.getName(),
            directory.toString())
        .inheritIO()
        .start();
  }

  /** This process' end of the link, and when the other came and went. */
  private final class Presence implements LinkListener, AutoCloseable {
    enum Change {
      JOINED,
      LEFT
    }

    private record Noticed(Change change, long nanos) {}

    private final BlockingQueue<Noticed> noticed = new LinkedBlockingQueue<>();
    private final Vertx vertx = LinkEcho.linked(directory, Service.ELECTION.label(), this);

    @Override
    public void joined(String peer, Set<String> exports) {
      noticed.add(new Noticed(Change.JOINED, System.nanoTime()));
    }

    @Override
    public void left(String peer, DropReason reason) {
      noticed.add(new Noticed(Change.LEFT, System.nanoTime()));
    }

    long await(Change expected) throws InterruptedException {
      Noticed next = noticed.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (next == null || next.change() != expected) {
        throw new IllegalStateException("not " + expected + " but " + next);
      }
      return next.nanos();
    }

    @Override
    public void close() {
      vertx.close().await();
    }
  }

  private static void measure(Vertx vertx) throws InterruptedException {
    BlockingQueue<Long> echoes = new LinkedBlockingQueue<>();
    vertx.eventBus().consumer(LinkEcho.ECHO, said -> echoes.add(System.nanoTime()));
    Samples millis = new Samples();
    for (int i = 1; i <= WARM_UP + EVENTS; i++) {
      Envelope envelope = envelope(i);
      long beganNanos = System.nanoTime();
      vertx.eventBus().publish(Bus.EVENTS, envelope);
      Long cameNanos = echoes.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (i > WARM_UP) {
        millis.add((cameNanos - beganNanos) / 2e6);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    Table table = new Table("event from process to process", "ms", "99 of 100 within, ms");
    table.row("as JSON over a Unix socket", millis, "%.2f".formatted(millis.quantile(0.99)));
    table.print();
  }

  private static Envelope envelope(long sequence) {
    Source source = new Source("node1", Service.ELECTION, "b7a3c1d2-0000-4000-8000-000000000000");
    VipEvent event = new VipEvent.Claimed("VI_1", "192.0.2.1/32", "eth0");
    return new Envelope(source, sequence, Instant.now(), event);
  }
}
