package io.keepstream.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.lab.Await;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.process.ServiceManager;
import io.keepstream.node.report.Reports;
import io.keepstream.runtime.ContractCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final Vertx vertx = Vertx.vertx();
  private FakeManager manager;
  private ServiceManager told;

  @BeforeEach
  void listen() throws ErrnoException {
    Path socket = directory.resolve("notify");
    manager = FakeManager.on(socket);
    Map<String, String> environment =
        Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "20000000");
    told = ServiceManager.of(new ForeignLibc(), environment).orElseThrow();
  }

  @AfterEach
  void close() {
    vertx.close().await();
    told.close();
    manager.close();
  }

  private void begin(Supplier<Future<?>> reach) {
    new Supervision(vertx, told, List.of(Service.ELECTION), reach).begin();
  }

  @Test
  void aProcessWhoseLoopsAreInTimeIsAlive() {
    begin(Future::succeededFuture);
    Await.until(LIMIT, "a sign of life", () -> manager.told().contains("WATCHDOG=1"));
    assertThat(manager.told().getFirst()).isEqualTo("READY=1");
  }

  @Test
  void whatAManagerDoesNotTakeIsToldAgain() {
    ContractCodec.register(vertx);
    Snapshot snapshot = Reports.fresh(Service.ELECTION, Reports.master()).snapshot();
    vertx.eventBus().consumer(Bus.snapshotOf(Service.ELECTION), asked -> asked.reply(snapshot));
    while (told.tell("FULL=1")) {
      // until it takes no more
    }
    begin(Promise.promise()::future);
    assertThat(manager.told()).doesNotContain("READY=1");
    Await.until(LIMIT, "that it runs", () -> manager.told().contains("READY=1"));
    Await.until(LIMIT, "how it stands", () -> manager.told().contains("STATUS=MASTER of VI_1"));
  }

  @Test
  void aLoopThatIsNotReachedLetsTheWatchdogBark() {
    AtomicInteger asked = new AtomicInteger();
    Promise<Object> never = Promise.promise();
    begin(
        () -> {
          asked.incrementAndGet();
          return never.future();
        });
    Await.until(LIMIT, "loops are asked", () -> asked.get() > 1);
    assertThat(manager.told()).contains("READY=1").doesNotContain("WATCHDOG=1");
  }
}
