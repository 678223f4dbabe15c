package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.event.Event;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Endpoint;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.config.Webhook.Wanted;
import io.keepstream.notifier.edge.HookTarget.Call;
import io.keepstream.testkit.peer.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real notifier against a real HTTP server on loopback. */
class WebhookSinkTest {
  private static final long TIMEOUT_MILLIS = 500;

  @TempDir Path directory;
  @AutoClose private HookTarget target = HookTarget.onFreePort();

  @Test
  void anEventArrivesAsACloudEvent() throws Exception {
    try (RunningNotifier notifier = with()) {
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
  void aTargetThatIsGoneIsSaidOnceAndLeftAloneUntilAReload() throws Exception {
    target.answer(410);
    try (RunningNotifier notifier = with()) {
      notifier.publish(Events.up(), Events.down());
      target.nextCall();
      assertThat(notifier.nextSaid())
          .isEqualTo(
              new DeliveryEvent.Stopped(
                  "webhook ops", "127.0.0.1:%d answered 410".formatted(target.port())));
      assertThat(target.isLeftAlone(Duration.ofMillis(700))).isTrue();
      notifier.reconfigure(config(target));
      notifier.publish(Events.up());
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.backend.up.v1");
      assertThat(notifier.alsoSaid()).isEmpty();
    }
  }

  @Test
  void overTlsTheCertificateIsVerified() throws Exception {
    TestCertificate certificate = TestCertificate.in(directory);
    try (HookTarget secured = HookTarget.secured(certificate)) {
      URI url = URI.create("https://localhost:" + secured.port() + "/hook");
      try (RunningNotifier notifier = RunningNotifier.with(tls(url, Optional.empty()))) {
        notifier.publish(Events.up());
        assertThat(notifier.nextSaid().summary())
            .startsWith("Delivery to webhook ops fails: localhost:" + secured.port());
      }
      assertThat(secured.isLeftAlone(Duration.ofMillis(1))).isTrue();
      try (RunningNotifier notifier =
          RunningNotifier.with(tls(url, Optional.of(certificate.pem())))) {
        notifier.publish(Events.up());
        assertThat(secured.nextCall().type()).isEqualTo("io.keepstream.backend.up.v1");
      }
    }
  }

  private static NotifierConfig tls(URI url, Optional<Path> caFile) {
    Endpoint endpoint = new Endpoint(url, caFile, 2_000);
    return HookTarget.config(
        new Webhook("ops", endpoint, List.of(), Wanted.ALL, new Form.CloudEvent()));
  }

  @Test
  void whereTroublesAreToldNothingElseIs() throws Exception {
    Path key = Files.writeString(directory.resolve("key"), "R0UT1NG\n");
    NotifierConfig config = config(target, Wanted.ALL, new Form.PagerDuty(key));
    try (RunningNotifier notifier = RunningNotifier.with(config)) {
      notifier.publish(new BackendEvent.Removed(Events.BACKEND), Events.down(), Events.up());
      JsonObject down = new JsonObject(target.nextCall().body());
      JsonObject up = new JsonObject(target.nextCall().body());
      assertThat(down.getString("event_action")).isEqualTo("trigger");
      assertThat(up.getString("event_action")).isEqualTo("resolve");
      assertThat(up.getString("dedup_key")).isEqualTo(down.getString("dedup_key"));
      assertThat(down.getString("routing_key")).isEqualTo("R0UT1NG");
    }
  }

  @Test
  void aTrialShowsTheHeadOfTheAnswer() throws Exception {
    target.answer(202, 500);
    Webhook webhook = config(target).webhooks().getFirst();
    WebhookTrial.Result taken = WebhookTrial.run("lb1", webhook);
    assertThat(taken.taken()).isTrue();
    assertThat(taken.lines().getFirst())
        .matches("127\\.0\\.0\\.1:" + target.port() + " answered 202 Accepted after \\d+ ms");
    assertThat(taken.lines()).contains("content-length: 8");
    assertThat(target.nextCall().type()).isEqualTo("io.keepstream.delivery.tested.v1");
    assertThat(WebhookTrial.run("lb1", webhook).taken()).isFalse();
    target.close();
    WebhookTrial.Result refused = WebhookTrial.run("lb1", webhook);
    assertThat(refused.taken()).isFalse();
    assertThat(refused.lines().toString()).contains("Connection refused").doesNotContain("t0ken");
  }

  @Test
  void aFailureIsRetriedWithTheSameIdBeforeWhatFollows() throws Exception {
    target.answer(500, 503, 200);
    try (RunningNotifier notifier = with()) {
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
    try (RunningNotifier notifier = with()) {
      notifier.publish(Events.up(), Events.down());
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.backend.up.v1");
      assertThat(target.nextCall().type()).isEqualTo("io.keepstream.backend.down.v1");
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Failing.class);
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.DeadLettered.class);
      assertThat(((DeliveryEvent.Recovered) notifier.nextSaid()).dropped()).isEqualTo(1);
    }
  }

  @Test
  void aRedirectIsAFailure() throws Exception {
    target.answer(307, 200);
    try (RunningNotifier notifier = with()) {
      notifier.publish(Events.up());
      assertThat(target.nextCall().path()).isEqualTo("/hook");
      assertThat(notifier.nextSaid().summary()).endsWith("answered 307");
      assertThat(target.nextCall().path()).isEqualTo("/hook");
    }
  }

  @Test
  void aTargetThatDoesNotAnswerIsLeftAndTriedAgain() throws Exception {
    target.answer(HookTarget.SILENCE, 200);
    try (RunningNotifier notifier = with()) {
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
    try (RunningNotifier notifier = with()) {
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
    try (RunningNotifier notifier = with()) {
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
    try (RunningNotifier notifier = with("vrrp.*", "backend.down")) {
      notifier.publish(Events.up(), Events.down(), Events.instance("VI_1", BACKUP, MASTER));
      assertThat(List.of(target.nextCall().type(), target.nextCall().type()))
          .containsExactlyInAnyOrder(
              "io.keepstream.backend.down.v1", "io.keepstream.vrrp.instance.changed.v1");
    }
  }

  @Test
  void aDeadTargetDoesNotHoldUpTheEnd() throws Exception {
    target.answer(HookTarget.SILENCE);
    try (RunningNotifier notifier = with()) {
      notifier.publish(Events.up());
      target.nextCall();
      assertThat(notifier.stop().toMillis()).isLessThan(3_000);
    }
  }

  @Test
  void aWebhookRemovedByAReloadIsNotTriedAgain() throws Exception {
    target.answer(500, 500, 500);
    try (RunningNotifier notifier = with()) {
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
    try (RunningNotifier notifier = with();
        HookTarget other = HookTarget.onFreePort()) {
      notifier.publish(Events.up(), Events.down());
      notifier.nextSaid();
      notifier.reconfigure(config(other));
      assertThat(other.nextCall().type()).isEqualTo("io.keepstream.backend.up.v1");
      assertThat(other.nextCall().type()).isEqualTo("io.keepstream.backend.down.v1");
    }
  }

  private RunningNotifier with(String... events) {
    return RunningNotifier.with(config(target, events));
  }

  private static NotifierConfig config(HookTarget target, String... events) {
    Wanted wanted = new Wanted(List.of(events), List.of());
    return config(target, wanted, new Form.CloudEvent());
  }

  private static NotifierConfig config(HookTarget target, Wanted wanted, Form form) {
    Endpoint endpoint = target.endpoint(TIMEOUT_MILLIS);
    return HookTarget.config(new Webhook("ops", endpoint, List.of(), wanted, form));
  }

  private static Event failing(String detail) {
    return new DeliveryEvent.Failing("webhook ops", detail);
  }
}
