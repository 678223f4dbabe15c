package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Endpoint;
import io.keepstream.testkit.peer.TestCertificate;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** An HTTP server that keeps what it is sent and answers as told, else 200. */
final class HookTarget implements AutoCloseable {
  /** Take the request and say nothing. */
  static final int SILENCE = 0;

  /** 200 with a body that never ends. */
  static final int ENDLESS_200 = -1;

  /** A request as received. */
  record Call(String path, MultiMap headers, String body) {
    String header(String name) {
      return headers.get(name);
    }

    String id() {
      return new JsonObject(body).getString("id");
    }

    String type() {
      return new JsonObject(body).getString("type");
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final HttpServer server;

  private HookTarget(int port, HttpServerOptions options) {
    server =
        RunningNotifier.get(
            vertx.createHttpServer(options).requestHandler(this::take).listen(port, "127.0.0.1"));
  }

  static HookTarget onFreePort() {
    return on(0);
  }

  static HookTarget on(int port) {
    return new HookTarget(port, new HttpServerOptions());
  }

  static HookTarget secured(TestCertificate certificate) {
    PfxOptions key =
        new PfxOptions()
            .setPath(certificate.keyStore().toString())
            .setPassword(TestCertificate.PASSWORD);
    return new HookTarget(0, new HttpServerOptions().setSsl(true).setKeyCertOptions(key));
  }

  int port() {
    return server.actualPort();
  }

  /** Where it listens, as a webhook has it: with a secret in the address. */
  Endpoint endpoint(long timeoutMillis) {
    URI url = URI.create("http://127.0.0.1:" + port() + "/hook?token=t0ken");
    return new Endpoint(url, Optional.empty(), timeoutMillis);
  }

  /** A configuration in which nobody is told but these. */
  static NotifierConfig config(Webhook... webhooks) {
    return new NotifierConfig(
        Scripts.NONE, List.of(), List.of(webhooks), Optional.empty(), Optional.empty());
  }

  /** The answers to come, one per request. */
  void answer(int... next) {
    IntStream.of(next).forEach(answers::add);
  }

  Call nextCall() throws InterruptedException {
    Call call = calls.poll(RunningNotifier.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(call).as("a request").isNotNull();
    return call;
  }

  /** Whether no request comes for a while. */
  boolean isLeftAlone(Duration period) throws InterruptedException {
    return calls.poll(period.toMillis(), TimeUnit.MILLISECONDS) == null;
  }

  @Override
  public void close() {
    RunningNotifier.get(vertx.close());
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              calls.add(new Call(request.path(), request.headers(), body.toString()));
              answer(request, answers.isEmpty() ? 200 : answers.poll());
            });
  }

  private static void answer(HttpServerRequest request, int status) {
    switch (status) {
      case SILENCE -> {}
      case ENDLESS_200 -> request.response().setChunked(true).write("more to come");
      case 307 -> request.response().setStatusCode(307).putHeader("location", "/other").end();
      default -> request.response().setStatusCode(status).end("whatever");
    }
  }
}
