package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.LeftOut;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.config.Webhook.Wanted;
import io.keepstream.notifier.noise.NoiseConfig;
import io.keepstream.notifier.noise.NoiseConfig.Damping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a target hears that asked for less noise. */
class NoiseControlTest {
  @AutoClose private final HookTarget target = HookTarget.onFreePort();

  @Test
  void ofWhatFlapsTheBeginningAndTheEndAreTold() throws Exception {
    Wanted wanted =
        new Wanted(List.of(), List.of("backend/*"), Set.of(LeftOut.FLAPPING), Duration.ZERO);
    NotifierConfig slow = config(wanted).withNoise(halving(Duration.ofHours(1)));
    try (RunningNotifier notifier = RunningNotifier.with(slow)) {
      notifier.publish(Events.down(), Events.up(), Events.down());
      // How much comes through before it is seen depends on who is faster.
      awaitType("io.keepstream.noise.flapping-began.v1");
      notifier.publish(Events.up(), Events.down(), Events.up(), Events.up(Events.backend(1)));
      assertThat(new JsonObject(target.nextCall().body()).getString("subject"))
          .as("who does not flap")
          .isEqualTo(Events.up(Events.backend(1)).subject());
      notifier.reconfigure(config(wanted).withNoise(halving(Duration.ofMillis(1))));
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.noise.flapping-ended.v1");
      notifier.publish(Events.down());
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.backend.down.v1");
    }
  }

  private static NoiseConfig halving(Duration halfLife) {
    return new NoiseConfig(
        Optional.of(new Damping(2000, 1000, halfLife.toNanos())), Long.MAX_VALUE);
  }

  private void awaitType(String type) throws InterruptedException {
    while (!target.nextCall().type().equals(type)) {}
  }

  @Test
  void troubleThatLastsIsToldAgain() throws Exception {
    NoiseConfig noise = new NoiseConfig(Optional.empty(), TimeUnit.MILLISECONDS.toNanos(200));
    try (RunningNotifier notifier = RunningNotifier.with(config(Wanted.ALL).withNoise(noise))) {
      notifier.publish(Events.down());
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.backend.down.v1");
      for (int i = 0; i < 2; i++) {
        JsonObject again = new JsonObject(target.nextCall().body());
        assertThat(again.getString("type")).isEqualTo("io.keepstream.noise.trouble-lasts.v1");
        assertThat(again.getString("subject")).isEqualTo(Events.down().subject());
        assertThat(again.getJsonObject("data").getString("said"))
            .isEqualTo(Events.down().summary());
      }
    }
  }

  @Test
  void whatComesTogetherIsToldTogetherAndEachIsDelivered() throws Exception {
    Wanted wanted = new Wanted(List.of(), List.of(), Set.of(), Duration.ofSeconds(1));
    target.answer(500, 200);
    try (RunningNotifier notifier = RunningNotifier.with(config(wanted))) {
      notifier.publish(Events.down(), Events.up(Events.backend(1)), Events.up(Events.backend(2)));
      HookTarget.Call refused = target.nextCall();
      assertThat(refused.header("content-type")).isEqualTo("application/cloudevents-batch+json");
      assertThat(new JsonArray(refused.body()))
          .extracting(each -> ((JsonObject) each).getString("subject"))
          .contains(Events.down().subject())
          .hasSizeGreaterThan(1);
      notifier.awaitDelivered("webhook ops", 3);
      assertThat(notifier.sink("webhook ops").deadLetters()).isZero();
    }
  }

  private NotifierConfig config(Wanted wanted) {
    return HookTarget.config(
        new Webhook("ops", target.endpoint(5_000), List.of(), wanted, new Form.CloudEvent()));
  }
}
