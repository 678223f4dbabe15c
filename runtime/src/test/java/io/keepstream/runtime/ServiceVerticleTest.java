package io.keepstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.ServiceState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceVerticleTest {
  private final Vertx vertx = Vertx.vertx();
  private final Fussy fussy = new Fussy();

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void aChangeThatFailsLeavesThePreviousConfigurationInForce() throws Exception {
    get(vertx.deployVerticle(fussy));
    assertThatThrownBy(() -> get(fussy.reconfigure("throw")))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("from first to throw");
    assertThatThrownBy(() -> get(fussy.reconfigure("fail"))).hasRootCauseMessage("not this");
    get(fussy.reconfigure("second"));
    get(fussy.reconfigure("third"));
    assertThat(fussy.changes).containsExactly("first fail", "first second", "second third");
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** A service that can be asked to throw and to fail. */
  private static final class Fussy extends ServiceVerticle<String> {
    private final List<String> changes = new CopyOnWriteArrayList<>();

    Fussy() {
      super("node", Service.HEALTH, "first");
    }

    @Override
    protected Future<?> begin(String config) {
      return Future.succeededFuture();
    }

    @Override
    protected Future<?> change(String previous, String next) {
      if (next.equals("throw")) {
        throw new IllegalStateException("from " + previous + " to " + next);
      }
      changes.add(previous + " " + next);
      return next.equals("fail") ? Future.failedFuture("not this") : Future.succeededFuture();
    }

    @Override
    protected Future<?> end() {
      return Future.succeededFuture();
    }

    @Override
    protected Future<ServiceState> state() {
      return Future.failedFuture("nobody asks");
    }
  }
}
