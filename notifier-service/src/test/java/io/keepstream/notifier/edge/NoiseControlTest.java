package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.LeftOut;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Endpoint;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.config.Webhook.Wanted;
import io.keepstream.notifier.noise.NoiseConfig;
import io.keepstream.notifier.noise.NoiseConfig.Damping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a target hears that asked for less noise. */
class NoiseControlTest {
  private HookTarget target;

  @BeforeEach
  void startTarget() throws Exception {
    target = HookTarget.onFreePort();
  }

  @AfterEach
  void stopTarget() {
    target.close();
  }

  @Test
  void ofWhatFlapsTheBeginningAndTheEndAreTold() throws Exception {
    Damping damping = new Damping(2000, 1000, TimeUnit.MILLISECONDS.toNanos(500));
    Wanted wanted =
        new Wanted(List.of(), List.of("backend/*"), Set.of(LeftOut.FLAPPING), Duration.ZERO);
    NoiseConfig noise = new NoiseConfig(Optional.of(damping), Long.MAX_VALUE);
    try (RunningNotifier notifier = RunningNotifier.with(config(wanted).withNoise(noise))) {
      for (int i = 0; i < 10; i++) {
        notifier.publish(Events.down(), Events.up());
      }
      List<String> told = new ArrayList<>();
      do {
        told.add(target.nextCall().type());
      } while (!told.getLast().endsWith("flapping-ended.v1"));
      // How much comes through before it is seen depends on who is faster.
      assertThat(told).contains("io.keepstream.noise.flapping-began.v1");
      assertThat(told.indexOf("io.keepstream.noise.flapping-began.v1"))
          .as("nothing between beginning and end")
          .isEqualTo(told.size() - 2);
      notifier.publish(Events.down());
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.backend.down.v1");
    }
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
    Webhook webhook =
        new Webhook(
            "ops",
            new Endpoint(
                URI.create("http://127.0.0.1:" + target.port() + "/"), Optional.empty(), 5_000),
            List.of(),
            wanted,
            new Form.CloudEvent());
    return new NotifierConfig(
        Scripts.NONE, List.of(), List.of(webhook), Optional.empty(), Optional.empty());
  }
}
