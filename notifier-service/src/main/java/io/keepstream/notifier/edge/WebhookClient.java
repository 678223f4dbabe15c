package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.notifier.body.Body;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Form;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Makes the requests of a webhook: events in the form that is asked for, signed as Standard
 * Webhooks says. Redirects are not followed, TLS is verified, and the answer's body is thrown away.
 */
final class WebhookClient {
  /** Requests under way at a time. */
  static final int AT_ONCE = 5;

  private static final int KEEP_ALIVE_SECONDS = 5;

  /** What the target said. */
  record Answer(int status, String reason, MultiMap headers) {}

  /** All that is secret in a request, as it is now. */
  private record Keys(WebhookSecrets signing, String routingKey) {}

  private final Vertx vertx;
  private final Webhook webhook;
  private final InstantSource wallClock;
  private final HttpClient client;
  private final RequestOptions target;

  WebhookClient(Vertx vertx, Webhook webhook, InstantSource wallClock) {
    this.vertx = vertx;
    this.webhook = webhook;
    this.wallClock = wallClock;
    HttpClientOptions options = new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS);
    webhook
        .endpoint()
        .caFile()
        .ifPresent(
            file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(AT_ONCE));
    target =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(webhook.endpoint().url().toString())
            .setConnectTimeout(webhook.endpoint().timeoutMillis())
            .putHeader("user-agent", "Keepstream");
  }

  /** Who is asked; whatever else a URL holds is a secret with many services. */
  String targetName() {
    return "%s:%d".formatted(target.getHost(), target.getPort());
  }

  /** Fails when a secret cannot be read. */
  Future<?> ready() {
    return keys();
  }

  /** Completes with the head of the answer. */
  Future<Answer> post(List<Envelope> envelopes) {
    return keys().compose(keys -> post(envelopes, keys));
  }

  Future<Void> close() {
    return client.close();
  }

  private Future<Keys> keys() {
    return vertx.executeBlocking(this::read, false);
  }

  private Keys read() throws IOException {
    String routingKey =
        webhook.form() instanceof Form.PagerDuty(var file)
            ? SecretFile.read("routing_key_file", file)
            : "";
    return new Keys(WebhookSecrets.read(webhook.secrets()), routingKey);
  }

  private Future<Answer> post(List<Envelope> envelopes, Keys keys) {
    Body body = Body.of(webhook.form(), envelopes, keys.routingKey());
    byte[] bytes = body.text().getBytes(StandardCharsets.UTF_8);
    RequestOptions options = new RequestOptions(target);
    String id = idOf(envelopes);
    String timestamp = Long.toString(wallClock.instant().getEpochSecond());
    options
        .putHeader("content-type", body.contentType())
        .putHeader("webhook-id", id)
        .putHeader("webhook-timestamp", timestamp);
    if (!keys.signing().isEmpty()) {
      options.putHeader("webhook-signature", keys.signing().sign(id, timestamp, bytes));
    }
    return client.request(options).compose(request -> exchange(request, Buffer.buffer(bytes)));
  }

  private Future<Answer> exchange(HttpClientRequest request, Buffer body) {
    return request
        .send(body)
        .timeout(webhook.endpoint().timeoutMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(response -> discard(request, response))
        .onFailure(failure -> request.reset())
        .map(head -> new Answer(head.statusCode(), head.statusMessage(), head.headers()));
  }

  /** Frees the connection when the body has ended, or ends it if the body does not. */
  private void discard(HttpClientRequest request, HttpClientResponse response) {
    response.exceptionHandler(ended -> {});
    response
        .end()
        .timeout(webhook.endpoint().timeoutMillis(), TimeUnit.MILLISECONDS)
        .onFailure(endless -> request.reset());
  }

  /** The same on every try; without a dot, which separates what is signed. */
  private static String idOf(List<Envelope> envelopes) {
    String ids = envelopes.stream().map(Envelope::id).collect(Collectors.joining("\n"));
    return "msg_" + UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.UTF_8));
  }
}
