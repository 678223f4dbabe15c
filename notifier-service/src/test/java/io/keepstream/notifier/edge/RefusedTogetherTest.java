package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.lab.Await;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Endpoint;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.config.Webhook.Wanted;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Targets that refuse several events at once, or all of them. */
class RefusedTogetherTest {
  private HookTarget target;

  @BeforeEach
  void listen() {
    target = HookTarget.onFreePort();
  }

  @AfterEach
  void close() {
    target.close();
  }

  @Test
  void whatIsTooLargeTogetherIsSentOneByOne() throws Exception {
    target.answer(413, 200, 422, 200);
    Wanted wanted = new Wanted(List.of(), List.of("backend/*"), Set.of(), Duration.ofMillis(500));
    try (RunningNotifier notifier = RunningNotifier.with(config(hook("ops", wanted)))) {
      notifier.publish(Events.down(), Events.up(Events.backend(1)), Events.up(Events.backend(2)));
      assertThat(target.nextCall().header("content-type"))
          .isEqualTo("application/cloudevents-batch+json");
      notifier.awaitDelivered("webhook ops", 2);
      assertThat(notifier.sink("webhook ops").deadLetters()).isEqualTo(1);
    }
  }

  @Test
  void twoThatRefuseAllDoNotKeepEachOtherBusy() throws Exception {
    int[] refusals = new int[1_000];
    Arrays.fill(refusals, 400);
    target.answer(refusals);
    try (RunningNotifier notifier =
        RunningNotifier.with(config(hook("one", Wanted.ALL), hook("other", Wanted.ALL)))) {
      notifier.publish(Events.up());
      Await.until(
          RunningNotifier.LIMIT,
          "each has refused what the other said",
          () ->
              notifier.sink("webhook one").deadLetters() >= 2
                  && notifier.sink("webhook other").deadLetters() >= 2);
      List<DeliveryEvent> said = notifier.alsoSaid();
      assertThat(said).filteredOn(DeliveryEvent.DeadLettered.class::isInstance).hasSize(2);
    }
  }

  private Webhook hook(String name, Wanted wanted) {
    URI url = URI.create("http://127.0.0.1:" + target.port() + "/");
    Endpoint endpoint = new Endpoint(url, Optional.empty(), 5_000);
    return new Webhook(name, endpoint, List.of(), wanted, new Form.CloudEvent());
  }

  private static NotifierConfig config(Webhook... hooks) {
    return new NotifierConfig(
        Scripts.NONE, List.of(), List.of(hooks), Optional.empty(), Optional.empty());
  }
}
