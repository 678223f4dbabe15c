package io.keepstream.notifier.torture;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A webhook's target that takes most events, answers 500 to some, and of others neither answers nor
 * lets go, or resets the connection after it has taken the event.
 */
final class ShakyTarget implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Random random;
  private final Arrivals arrivals;
  private final HttpServer server;
  private volatile boolean calm;

  ShakyTarget(long seed, Arrivals arrivals) throws Exception {
    random = new Random(seed);
    this.arrivals = arrivals;
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::take)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  /** Takes everything from now on. */
  void calmDown() {
    calm = true;
  }

  private void take(HttpServerRequest request) {
    request.body().onSuccess(body -> answer(request, new JsonObject(body)));
  }

  private void answer(HttpServerRequest request, JsonObject event) {
    int dice = calm ? 99 : random.nextInt(100);
    if (dice < 5) {
      request.response().setStatusCode(500).end();
    } else if (dice < 7) {
      vertx.setTimer(2_000, late -> request.connection().close());
    } else {
      JsonObject data = event.getJsonObject("data");
      arrivals.add(
          data.getJsonObject("router").getString("instance"),
          data.getJsonObject("priority").getInteger("base"));
      if (dice < 10) {
        request.connection().close();
      } else {
        request.response().setStatusCode(204).end();
      }
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
