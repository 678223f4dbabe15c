package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.notifier.delivery.Outcome;
import io.keepstream.notifier.edge.WebhookClient.Answer;
import io.keepstream.notifier.port.Sink;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Posts events to a URL. Any answer but 2xx is a failure. */
final class WebhookSink implements Sink<List<Envelope>> {
  /** By these the target says that this very request is wrong, so that it never will be taken. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);

  private static final int GONE = 410;

  private final String name;
  private final WebhookClient client;
  private final Set<String> gone;
  private final Consumer<DeliveryEvent> events;

  /**
   * A sink called {@code name}.
   *
   * @param gone the sinks whose targets have said that they are gone; they are not asked again
   */
  WebhookSink(String name, WebhookClient client, Set<String> gone, Consumer<DeliveryEvent> events) {
    this.name = name;
    this.client = client;
    this.gone = gone;
    this.events = events;
  }

  @Override
  public void open(Consumer<Outcome> done) {
    client
        .ready()
        .<Outcome>map(readable -> Outcome.DONE)
        .otherwise(this::failure)
        .onSuccess(done::accept);
  }

  @Override
  public void send(List<Envelope> envelopes, Consumer<Outcome> done) {
    if (gone.contains(name)) {
      done.accept(Outcome.DONE);
      return;
    }
    client.post(envelopes).map(this::outcome).otherwise(this::failure).onSuccess(done::accept);
  }

  @Override
  public void close(Runnable done) {
    client.close().onComplete(closed -> done.run());
  }

  private Outcome outcome(Answer answer) {
    String detail = client.targetName() + " answered " + answer.status();
    if (answer.status() / 100 == 2) {
      return Outcome.DONE;
    }
    if (answer.status() == GONE) {
      if (gone.add(name)) {
        events.accept(new DeliveryEvent.Stopped(name, detail));
      }
      return Outcome.DONE;
    }
    return REFUSALS.contains(answer.status())
        ? new Outcome.GivenUp(detail)
        : new Outcome.Retry(detail);
  }

  private Outcome failure(Throwable failure) {
    String reason =
        Objects.requireNonNullElseGet(failure.getMessage(), failure.getClass()::getSimpleName);
    return new Outcome.Retry(client.targetName() + ": " + reason);
  }
}
