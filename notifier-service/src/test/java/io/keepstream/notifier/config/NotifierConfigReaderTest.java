package io.keepstream.notifier.config;

import static io.keepstream.notifier.config.ReaderRig.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.notifier.config.Fifo.Lines;
import io.keepstream.notifier.config.ReaderRig.Result;
import io.keepstream.notifier.config.Webhook.Endpoint;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.config.Webhook.Secret;
import io.keepstream.notifier.config.Webhook.Wanted;
import io.keepstream.notifier.noise.NoiseConfig;
import io.keepstream.notifier.noise.NoiseConfig.Damping;
import io.keepstream.runtime.script.ScriptCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifierConfigReaderTest {
  private final ReaderRig rig = new ReaderRig();

  @Test
  void fifos() {
    assertThat(
            rig.read(
                    """
            global_defs {
              notify_fifo /run/all bob adm
              notify_fifo_script "/bin/read x" bob
              vrrp_notify_fifo /run/both root
              lvs_notify_fifo /run/both
              lvs_notify_fifo_script /bin/lvs
            }
            """)
                .config()
                .fifos())
        .containsExactly(
            new Fifo(
                Path.of("/run/all"),
                Lines.ALL,
                Optional.of("bob:adm"),
                Optional.of(new ScriptCommand(List.of("/bin/read", "x"), "bob", null))),
            new Fifo(
                Path.of("/run/both"),
                Lines.ALL,
                Optional.of("root:"),
                Optional.of(script("/bin/lvs"))));
  }

  @Test
  void aFifoOfOneKindOnThePathOfAllIsIgnored() {
    assertThat(
            rig.read(
                    """
            global_defs {
              notify_fifo /run/f
              lvs_notify_fifo /run/f bob
            }
            """)
                .config()
                .fifos())
        .containsExactly(
            new Fifo(Path.of("/run/f"), Lines.ALL, Optional.empty(), Optional.empty()));
  }

  @Test
  void targets() {
    NotifierConfig config =
        rig.read(
                """
        event_stream {
          bootstrap_servers k1:9092 k2:9092
          cluster edge
          create_topics off
          property sasl.jaas.config "a b"
          property acks 1
        }
        webhook ops {
          url http://127.0.0.1:8099/hook
          secret_file /etc/s
          secret_env OLD
          events vrrp.* vip.*
          events backend.*
          subjects */VI_1
          ca_file /etc/ca.pem
          preset slack
        }
        """)
            .config();
    assertThat(config.eventStream())
        .contains(
            new EventStream(
                "k1:9092,k2:9092", "edge", false, Map.of("sasl.jaas.config", "a b", "acks", "1")));
    assertThat(config.webhooks())
        .containsExactly(
            new Webhook(
                "ops",
                new Endpoint(
                    URI.create("http://127.0.0.1:8099/hook"),
                    Optional.of(Path.of("/etc/ca.pem")),
                    Endpoint.DEFAULT_TIMEOUT_MILLIS),
                List.of(new Secret.InFile(Path.of("/etc/s")), new Secret.InEnvironment("OLD")),
                new Wanted(List.of("vrrp.*", "vip.*", "backend.*"), List.of("*/VI_1")),
                new Form.Slack()));
  }

  @Test
  void noise() {
    NotifierConfig config =
        rig.read(
                """
        noise_control {
            flap_suppress 5000
            flap_half_life 2m
            remind 1h
        }
        webhook ops {
            url http://a/
            leave_out flapping
            group_wait 2s
        }
        """)
            .config();
    assertThat(config.noise())
        .isEqualTo(
            new NoiseConfig(
                Optional.of(new Damping(5000, 750, 120_000_000_000L)), 3_600_000_000_000L));
    Wanted wanted = config.webhooks().getFirst().wanted();
    assertThat(wanted.leftOut()).containsExactly(LeftOut.FLAPPING);
    assertThat(wanted.groupWait()).isEqualTo(Duration.ofSeconds(2));
    assertThat(rig.read("").config().noise()).isEqualTo(NoiseConfig.NONE);
  }

  @Test
  void noiseThatCannotBeToldApartIsAnError() {
    Result result = rig.read("noise_control {\n flap_suppress 700\n}\n");
    assertThat(result.diagnostics())
        .extracting(Diagnostic::toString)
        .singleElement()
        .asString()
        .endsWith(
            ":2:2: error: flap_reuse is 750 and has to be less than flap_suppress, which is 700");
    assertThat(
            rig.read(webhook("preset pagerduty\n routing_key_file /k\n group_wait 2s"))
                .diagnostics())
        .extracting(Diagnostic::toString)
        .singleElement()
        .asString()
        .endsWith("group_wait: a message of preset pagerduty is about one event");
  }

  @Test
  void aTemplateIsReadWithTheConfiguration(@TempDir Path directory) throws IOException {
    Path template = Files.writeString(directory.resolve("t.json"), "{\"a\": \"{{summary}}\"}");
    assertThat(
            rig.read(webhook("preset template " + template)).config().webhooks().getFirst().form())
        .isEqualTo(new Form.OwnTemplate(template, "{\"a\": \"{{summary}}\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "preset pagerduty, preset pagerduty: routing_key_file is missing",
    "preset template /nowhere, template /nowhere cannot be read",
    "preset template BROKEN, line 2",
  })
  void aFormThatCannotBeWrittenIsAnError(String preset, String message, @TempDir Path directory)
      throws IOException {
    Path broken = Files.writeString(directory.resolve("broken"), "a\n{{#event}}\nb\n");
    Result result = rig.read(webhook(preset.replace("BROKEN", broken.toString())));
    assertThat(result.config().webhooks()).isEmpty();
    assertThat(result.diagnostics()).singleElement().matches(said -> said.isError());
    assertThat(result.diagnostics().getFirst().toString()).contains("conf:3:2: error", message);
  }

  private static String webhook(String preset) {
    return "webhook w {\n url http://h/x\n %s\n}\n".formatted(preset);
  }

  @ParameterizedTest
  @CsvSource({"ftp://h/x", "http:///x", "h/x", "//h/x", "'http://h/a b'"})
  void aUrlThatIsNoneIsAnError(String url) {
    Result result = rig.read("webhook w {\n url \"" + url + "\"\n}\n");
    assertThat(result.config().webhooks()).isEmpty();
    assertThat(result.diagnostics()).singleElement().matches(said -> said.isError());
  }

  @Test
  void aPathThatCannotBeIsLeftOut() {
    Result result =
        rig.read(
            """
            global_defs {
              notify_fifo "/run/a\0b"
            }
            webhook w {
              url http://h/x
              secret_file "/run/a\0b"
            }
            """);
    assertThat(result.config().fifos()).isEmpty();
    assertThat(result.config().webhooks().getFirst().secrets()).isEmpty();
  }

  @Test
  void nothingAskedIsNothingDone() {
    Result result = rig.read("global_defs {\n router_id lb1\n}\n");
    assertThat(result.config()).isEqualTo(NotifierConfig.NONE);
    assertThat(result.diagnostics()).isEmpty();
  }
}
