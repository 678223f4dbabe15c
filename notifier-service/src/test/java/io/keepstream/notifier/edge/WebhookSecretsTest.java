package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.config.Webhook.Secret;
import io.keepstream.notifier.config.Webhook.Wanted;
import io.keepstream.notifier.edge.HookTarget.Call;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the requests of a notifier are signed with. */
class WebhookSecretsTest {
  @TempDir Path directory;
  @AutoClose private final HookTarget target = HookTarget.onFreePort();

  /** Somebody else's library, from the authors of the specification. */
  @Test
  void everySecretSignsAsStandardWebhooksSays() throws Exception {
    String old = "whsec_" + base64("correct horse battery");
    String current = "whsec_" + base64("staple of tomorrow!!!");
    try (RunningNotifier notifier = with(secret("old", old), secret("new", current))) {
      notifier.publish(Events.up());
      Call call = target.nextCall();
      Map<String, List<String>> headers = new HashMap<>();
      call.headers().forEach(header -> headers.put(header.getKey(), List.of(header.getValue())));
      new com.standardwebhooks.Webhook(old).verify(call.body(), headers);
      new com.standardwebhooks.Webhook(current).verify(call.body(), headers);
      com.standardwebhooks.Webhook stranger =
          new com.standardwebhooks.Webhook("whsec_" + base64("somebody else's secret"));
      assertThatThrownBy(() -> stranger.verify(call.body(), headers))
          .isInstanceOf(WebhookVerificationException.class);
      assertThatThrownBy(
              () -> new com.standardwebhooks.Webhook(old).verify(call.body() + " ", headers))
          .isInstanceOf(WebhookVerificationException.class);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everySecretSigns() throws Exception {
    byte[] binary = {0, -1, 2, -3};
    Path old = secret("old", "correct horse\n");
    Path current = secret("new", "whsec_" + Base64.getEncoder().encodeToString(binary) + "\n");
    try (RunningNotifier notifier = with(old, current)) {
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
    try (RunningNotifier notifier = with(missing)) {
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
      try (RunningNotifier notifier = with(path)) {
        assertThat(notifier.nextSaid().summary())
            .endsWith("secret_file " + path + " is not a small regular file");
      }
    }
  }

  @Test
  void aSecretIsNeverPrinted() throws Exception {
    Path broken = secret("broken", "whsec_sword*fish");
    try (RunningNotifier notifier = with(broken)) {
      assertThat(notifier.nextSaid().summary())
          .contains("secret_file " + broken + " holds no base64")
          .doesNotContain("sword");
    }
  }

  private RunningNotifier with(Path... secrets) {
    List<Secret> files = Stream.of(secrets).<Secret>map(Secret.InFile::new).toList();
    return RunningNotifier.with(
        HookTarget.config(
            new Webhook("ops", target.endpoint(2_000), files, Wanted.ALL, new Form.CloudEvent())));
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
