package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.delivery.Outcome;
import io.keepstream.notifier.port.Sink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Posts each event to a URL as a CloudEvent, signed as Standard Webhooks says. Any answer but 2xx
 * is a failure; redirects are not followed. The status decides, the answer's body is thrown away.
 */
final class WebhookSink implements Sink<Envelope> {
  /** By these the target says that this very request is wrong, so that it never will be taken. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);

  private static final int KEEP_ALIVE_SECONDS = 5;

  private final Vertx vertx;
  private final Webhook webhook;
  private final InstantSource wallClock;
  private final HttpClient client;
  private final RequestOptions target;
  private final String targetName;

  WebhookSink(Vertx vertx, Webhook webhook, InstantSource wallClock) {
    this.vertx = vertx;
    this.webhook = webhook;
    this.wallClock = wallClock;
    client =
        vertx.createHttpClient(new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS));
    target =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(webhook.url().toString())
            .setConnectTimeout(webhook.timeoutMillis())
            .putHeader("content-type", CloudEvents.STRUCTURED_TYPE)
            .putHeader("user-agent", "Keepstream");
    // Whatever else a URL holds is a secret with many services.
    targetName = "%s:%d".formatted(target.getHost(), target.getPort());
  }

  @Override
  public void open(Consumer<Outcome> done) {
    secrets().map(readable -> Outcome.DONE).otherwise(this::failure).onSuccess(done::accept);
  }

  @Override
  public void send(Envelope envelope, Consumer<Outcome> done) {
    secrets()
        .compose(secrets -> post(envelope, secrets))
        .map(this::answer)
        .otherwise(this::failure)
        .onSuccess(done::accept);
  }

  @Override
  public void close(Runnable done) {
    client.close().onComplete(closed -> done.run());
  }

  private Future<WebhookSecrets> secrets() {
    return vertx.executeBlocking(() -> WebhookSecrets.read(webhook.secrets()), false);
  }

  /** Completes with the answer's status. */
  private Future<Integer> post(Envelope envelope, WebhookSecrets secrets) {
    byte[] body = CloudEvents.structured(envelope);
    RequestOptions options = new RequestOptions(target);
    String id = idOf(envelope);
    String timestamp = Long.toString(wallClock.instant().getEpochSecond());
    options.putHeader("webhook-id", id).putHeader("webhook-timestamp", timestamp);
    if (!secrets.isEmpty()) {
      options.putHeader("webhook-signature", secrets.sign(id, timestamp, body));
    }
    return client.request(options).compose(request -> exchange(request, Buffer.buffer(body)));
  }

  private Future<Integer> exchange(HttpClientRequest request, Buffer body) {
    return request
        .send(body)
        .timeout(webhook.timeoutMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(response -> discard(request, response))
        .onFailure(failure -> request.reset())
        .map(HttpClientResponse::statusCode);
  }

  /** Frees the connection when the body has ended, or ends it if the body does not. */
  private void discard(HttpClientRequest request, HttpClientResponse response) {
    response.exceptionHandler(ended -> {});
    response
        .end()
        .timeout(webhook.timeoutMillis(), TimeUnit.MILLISECONDS)
        .onFailure(endless -> request.reset());
  }

  /** The same on every try; without a dot, which separates what is signed. */
  private static String idOf(Envelope envelope) {
    return "msg_" + UUID.nameUUIDFromBytes(envelope.id().getBytes(StandardCharsets.UTF_8));
  }

  private Outcome answer(int status) {
    String detail = targetName + " answered " + status;
    if (status / 100 == 2) {
      return Outcome.DONE;
    }
    return REFUSALS.contains(status) ? new Outcome.GivenUp(detail) : new Outcome.Retry(detail);
  }

  private Outcome failure(Throwable failure) {
    String reason =
        Objects.requireNonNullElseGet(failure.getMessage(), failure.getClass()::getSimpleName);
    return new Outcome.Retry(targetName + ": " + reason);
  }
}
