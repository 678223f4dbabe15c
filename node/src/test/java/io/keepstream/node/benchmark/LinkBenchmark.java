package io.keepstream.node.benchmark;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.VipEvent;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long an event takes from the process of election-service to that of notifier-service: half of
 * what it takes to go there and come back. {@code ./keepstream benchmark}.
 */
@EnabledIfSystemProperty(named = "keepstream.benchmark", matches = "true")
class LinkBenchmark {
  private static final int WARM_UP = 200;
  private static final int EVENTS = 2_000;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LIMIT_SECONDS = 30;

  @TempDir private Path directory;

  @Test
  void fromProcessToProcess() throws Exception {
    Process echo =
        new ProcessBuilder(
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
    CountDownLatch joined = new CountDownLatch(1);
    Vertx vertx = LinkEcho.linked(directory, Service.ELECTION.label(), joined::countDown);
    try {
      if (!joined.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the other process has not come");
      }
      measure(vertx);
    } finally {
      vertx.close().await();
      echo.destroy();
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
