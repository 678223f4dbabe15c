package io.keepstream.node.http;

import io.keepstream.contract.Service;
import io.keepstream.node.report.Snapshots;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Being asked over HTTP, as the configuration says at the moment. */
public final class HttpService {
  private static final Logger log = LoggerFactory.getLogger("keepstream.http");

  private final Vertx vertx;
  private final CompositeMeterRegistry meters;
  private final Snapshots snapshots;
  private Optional<HttpConfig> current = Optional.empty();
  private String deployment;

  /** Nothing listens yet; what is written into {@code meters} is shown while something does. */
  public HttpService(Vertx vertx, CompositeMeterRegistry meters, Snapshots snapshots) {
    this.vertx = vertx;
    this.meters = meters;
    this.snapshots = snapshots;
  }

  /**
   * Listens as {@code next} says, or not at all. Never fails: a node that cannot be watched does
   * its job all the same, and says so. Calls must not overlap.
   *
   * @param loops the services of this process, each with what completes when its loop has come to
   *     it
   */
  public Future<?> configure(Optional<HttpConfig> next, Map<Service, Supplier<Future<?>>> loops) {
    if (next.equals(current)) {
      return Future.succeededFuture();
    }
    return end()
        .compose(ended -> next.isEmpty() ? Future.succeededFuture() : begin(next.get(), loops))
        .otherwiseEmpty();
  }

  private Future<?> end() {
    if (deployment == null) {
      return Future.succeededFuture();
    }
    String ending = deployment;
    deployment = null;
    current = Optional.empty();
    return vertx.undeploy(ending);
  }

  private Future<?> begin(HttpConfig config, Map<Service, Supplier<Future<?>>> loops) {
    return vertx
        .deployVerticle(new HttpVerticle(config, meters, snapshots, loops))
        .onSuccess(
            started -> {
              deployment = started;
              current = Optional.of(config);
            })
        .onFailure(failure -> log.warn("Nothing listens for HTTP: {}", failure.getMessage()));
  }
}
