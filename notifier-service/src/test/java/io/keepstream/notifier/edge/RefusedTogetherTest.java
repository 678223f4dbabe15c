package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.lab.Await;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.config.Webhook.Wanted;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Targets that refuse several events at once, or all of them. */
class RefusedTogetherTest {
  @AutoClose private final HookTarget target = HookTarget.onFreePort();

  @Test
  void whatIsTooLargeTogetherIsSentOneByOne() throws Exception {
    target.answer(413, 200, 422, 200);
    Wanted wanted = new Wanted(List.of(), List.of("backend/*"), Set.of(), Duration.ofMillis(500));
    try (RunningNotifier notifier = RunningNotifier.with(HookTarget.config(hook("ops", wanted)))) {
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
        RunningNotifier.with(
            HookTarget.config(hook("one", Wanted.ALL), hook("other", Wanted.ALL)))) {
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
    return new Webhook(name, target.endpoint(5_000), List.of(), wanted, new Form.CloudEvent());
  }
}
