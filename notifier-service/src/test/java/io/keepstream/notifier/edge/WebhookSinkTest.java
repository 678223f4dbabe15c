package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.event.Event;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Secret;
import io.keepstream.notifier.edge.HookTarget.Call;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real notifier against a real HTTP server on loopback. */
class WebhookSinkTest {
  private static final long TIMEOUT_MILLIS = 500;

  @TempDir Path directory;
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
  void anEventArrivesAsACloudEvent() throws Exception {
    try (RunningNotifier notifier = with(List.of())) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      Call call = target.nextCall();
      assertThat(call.header("content-type")).isEqualTo("application/cloudevents+json");
      assertThat(call.header("webhook-signature")).isNull();
      JsonObject document = new JsonObject(call.body());
      assertThat(Instant.parse(document.getString("time"))).isBeforeOrEqualTo(Instant.now());
      assertThat(document.getJsonObject("data").getString("to")).isEqualTo("MASTER");
      document.remove("time");
      document.remove("data");
      assertThat(document)
          .isEqualTo(
              new JsonObject()
                  .put("specversion", "1.0")
                  .put("id", "lb1/election/b00t/1")
                  .put("source", "/lb1/election")
                  .put("type", "io.keepstream.vrrp.instance.changed.v1")
                  .put("subject", "vrrp/VI_1")
                  .put("sequence", "1")
                  .put("bootid", "b00t")
                  .put("datacontenttype", "application/json"));
    }
  }

  @Test
  void everySecretSigns() throws Exception {
    byte[] binary = {0, -1, 2, -3};
    Path old = secret("old", "correct horse\n");
    Path current = secret("new", "whsec_" + Base64.getEncoder().encodeToString(binary) + "\n");
    try (RunningNotifier notifier = with(List.of(inFile(old), inFile(current)))) {
      notifier.publish(Events.up());
      Call call = target.nextCall();
      long seconds = Long.parseLong(call.header("webhook-timestamp"));
      assertThat(Instant.ofEpochSecond(seconds))
          .isBetween(Instant.now().minusSeconds(10), Instant.now());
      assertThat(call.header("webhook-id")).doesNotContain(".");
      assertThat(call.header("webhook-signature"))
          .isEqualTo(
              "v1,%s v1,%s"
                  .formatted(
                      signature(call, "correct horse".getBytes(StandardCharsets.UTF_8)),
                      signature(call, binary)));
    }
  }

  @Test
  void aSecretThatIsNotThereIsSaidAndReadWhenItIs() throws Exception {
    Path missing = directory.resolve("secret");
    try (RunningNotifier notifier = with(List.of(inFile(missing)))) {
      notifier.publish(Events.up());
      assertThat(notifier.nextSaid().summary()).endsWith(missing + ": there is no such file");
      secret("secret", "swordfish");
      assertThat(target.nextCall().header("webhook-signature")).startsWith("v1,");
    }
  }

  @Test
  void aSecretThatMayNeverEndIsNotRead() throws Exception {
    Path fifo = directory.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    for (Path path : List.of(fifo, Path.of("/dev/zero"), secret("large", "x".repeat(5_000)))) {
      try (RunningNotifier notifier = with(List.of(inFile(path)))) {
        assertThat(notifier.nextSaid().summary())
            .endsWith("secret_file " + path + " is not a small regular file");
      }
    }
  }

  @Test
  void aSecretIsNeverPrinted() throws Exception {
    Path broken = secret("broken", "whsec_sword*fish");
    try (RunningNotifier notifier = with(List.of(inFile(broken)))) {
      assertThat(notifier.nextSaid().summary())
          .contains("secret_file " + broken + " holds no base64")
          .doesNotContain("sword");
    }
  }

  @Test
  void aFailureIsRetriedWithTheSameIdBeforeWhatFollows() throws Exception {
    target.answer(500, 503, 200);
    try (RunningNotifier notifier = with(List.of())) {
      notifier.publish(Events.up(), Events.down());
      Call first = target.nextCall();
      assertThat(notifier.nextSaid())
          .isEqualTo(failing("127.0.0.1:%d answered 500".formatted(target.port())));
      Call second = target.nextCall();
      Call third = target.nextCall();
      assertThat(List.of(second, third))
          .allSatisfy(
              call -> {
                assertThat(call.header("webhook-id")).isEqualTo(first.header("webhook-id"));
                assertThat(call.body()).isEqualTo(first.body());
              });
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Recovered.class);
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.backend.down.v1");
      assertThat(notifier.alsoSaid()).isEmpty();
    }
  }

  @Test
  void whatTheTargetRefusesDoesNotHoldUpTheRest() throws Exception {
    target.answer(422, 200);
    try (RunningNotifier notifier = with(List.of())) {
      notifier.publish(Events.up(), Events.down());
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.backend.up.v1");
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.backend.down.v1");
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Failing.class);
      assertThat(((DeliveryEvent.Recovered) notifier.nextSaid()).dropped()).isEqualTo(1);
    }
  }

  @Test
  void aRedirectIsAFailure() throws Exception {
    target.answer(307, 200);
    try (RunningNotifier notifier = with(List.of())) {
      notifier.publish(Events.up());
      assertThat(target.nextCall().path()).isEqualTo("/hook");
      assertThat(notifier.nextSaid().summary()).endsWith("answered 307");
      assertThat(target.nextCall().path()).isEqualTo("/hook");
    }
  }

  @Test
  void aTargetThatDoesNotAnswerIsLeftAndTriedAgain() throws Exception {
    target.answer(HookTarget.SILENCE, 200);
    try (RunningNotifier notifier = with(List.of())) {
      notifier.publish(Events.up());
      Call unanswered = target.nextCall();
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Failing.class);
      assertThat(target.nextCall().header("webhook-id")).isEqualTo(unanswered.header("webhook-id"));
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Recovered.class);
    }
  }

  @Test
  void anEndlessAnswerCountsByItsStatus() throws Exception {
    int[] endless = new int[12];
    Arrays.fill(endless, HookTarget.ENDLESS_200);
    target.answer(endless);
    try (RunningNotifier notifier = with(List.of())) {
      for (int i = 0; i < endless.length; i++) {
        notifier.publish(Events.up());
      }
      notifier.awaitDelivered("webhook ops", endless.length);
      assertThat(notifier.alsoSaid()).isEmpty();
    }
  }

  @Test
  void anUnreachableTargetIsSaidOnceAndGetsAllInOrderLater() throws Exception {
    int port = target.port();
    target.close();
    try (RunningNotifier notifier = with(List.of())) {
      notifier.publish(Events.up(), Events.down(), Events.up());
      DeliveryEvent.Failing failing = (DeliveryEvent.Failing) notifier.nextSaid();
      assertThat(failing.detail()).startsWith("127.0.0.1:" + port + ": Connection refused");
      target = HookTarget.on(port);
      assertThat(List.of(target.nextCall(), target.nextCall(), target.nextCall()))
          .extracting(call -> new JsonObject(call.body()).getString("sequence"))
          .containsExactly("1", "2", "3");
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Recovered.class);
    }
  }

  @Test
  void onlyWhatIsAskedForIsSent() throws Exception {
    try (RunningNotifier notifier = with(List.of(), "vrrp.*", "backend.down")) {
      notifier.publish(Events.up(), Events.down(), Events.instance("VI_1", BACKUP, MASTER));
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.backend.down.v1");
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.vrrp.instance.changed.v1");
    }
  }

  @Test
  void aDeadTargetDoesNotHoldUpTheEnd() throws Exception {
    target.answer(HookTarget.SILENCE);
    try (RunningNotifier notifier = with(List.of())) {
      notifier.publish(Events.up());
      target.nextCall();
      assertThat(notifier.stop().toMillis()).isLessThan(3_000);
    }
  }

  @Test
  void aWebhookRemovedByAReloadIsNotTriedAgain() throws Exception {
    target.answer(500, 500, 500);
    try (RunningNotifier notifier = with(List.of())) {
      notifier.publish(Events.up());
      target.nextCall();
      notifier.nextSaid();
      notifier.reconfigure(NotifierConfig.NONE);
      assertThat(target.isLeftAlone(Duration.ofSeconds(1))).isTrue();
      assertThat(notifier.alsoSaid()).isEmpty();
    }
  }

  @Test
  void aReloadWithAnotherUrlKeepsWhatIsQueued() throws Exception {
    int[] refusing = new int[50];
    Arrays.fill(refusing, 500);
    target.answer(refusing);
    try (RunningNotifier notifier = with(List.of());
        HookTarget other = HookTarget.onFreePort()) {
      notifier.publish(Events.up(), Events.down());
      notifier.nextSaid();
      notifier.reconfigure(config(other.port(), List.of()));
      assertThat(other.nextCall().type()).isEqualTo("io.keepstream.backend.up.v1");
      assertThat(other.nextCall().type()).isEqualTo("io.keepstream.backend.down.v1");
    }
  }

  private RunningNotifier with(List<Secret> secrets, String... events) {
    return RunningNotifier.with(config(target.port(), secrets, events));
  }

  private static NotifierConfig config(int port, List<Secret> secrets, String... events) {
    URI url = URI.create("http://127.0.0.1:" + port + "/hook?token=t0ken");
    Webhook webhook = new Webhook("ops", url, secrets, List.of(events), TIMEOUT_MILLIS);
    return new NotifierConfig(
        Scripts.NONE, List.of(), List.of(webhook), Optional.empty(), Optional.empty());
  }

  private static Event failing(String detail) {
    return new DeliveryEvent.Failing("webhook ops", detail);
  }

  private static Secret inFile(Path path) {
    return new Secret.InFile(path);
  }

  private Path secret(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text);
  }

  private static String signature(Call call, byte[] key) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed =
        call.header("webhook-id") + "." + call.header("webhook-timestamp") + "." + call.body();
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }
}
