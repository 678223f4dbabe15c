package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.edge.WebhookClient.Answer;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Tries whether a webhook works, as a running node would use it. */
public final class WebhookTrial {
  private static final InstantSource CLOCK = InstantSource.system();

  private WebhookTrial() {}

  /**
   * How a request ended.
   *
   * @param taken whether the target has taken the event
   * @param lines what to show of it: who answered what and how fast, and the head of the answer
   */
  public record Result(boolean taken, List<String> lines) {}

  /**
   * Sends one event that is a test, and where troubles are told, another that it is over; blocks.
   *
   * @param node who sends
   */
  public static Result run(String node, Webhook webhook) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    try {
      WebhookClient client = new WebhookClient(vertx, webhook, CLOCK);
      boolean troubles =
          webhook.form() instanceof Form.PagerDuty || webhook.form() instanceof Form.Alertmanager;
      List<String> lines = new ArrayList<>();
      boolean taken = post(client, event(node, webhook, 1, true), lines);
      if (taken && troubles) {
        taken = post(client, event(node, webhook, 2, false), lines);
      }
      return new Result(taken, lines);
    } finally {
      vertx.close();
    }
  }

  private static boolean post(WebhookClient client, Envelope envelope, List<String> lines)
      throws InterruptedException {
    long startedNanos = System.nanoTime();
    try {
      Answer answer =
          client.post(List.of(envelope)).toCompletionStage().toCompletableFuture().get();
      lines.add(
          "%s answered %d %s after %d ms"
              .formatted(
                  client.targetName(), answer.status(), answer.reason(), millis(startedNanos)));
      answer.headers().forEach(header -> lines.add(header.getKey() + ": " + header.getValue()));
      return answer.status() / 100 == 2;
    } catch (ExecutionException e) {
      lines.add(
          "%s: %s, after %d ms"
              .formatted(client.targetName(), e.getCause().getMessage(), millis(startedNanos)));
      return false;
    }
  }

  private static Envelope event(String node, Webhook webhook, long sequence, boolean lasts) {
    Source source = new Source(node, Service.NOTIFIER, UUID.randomUUID().toString());
    DeliveryEvent test = new DeliveryEvent.Tested("webhook " + webhook.name(), lasts);
    return new Envelope(source, sequence, CLOCK.instant(), test);
  }

  private static long millis(long startedNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
  }
}
