package io.keepstream.notifier.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.SystemSource;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.notifier.config.Fifo.Lines;
import io.keepstream.notifier.config.Webhook.Endpoint;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.config.Webhook.Secret;
import io.keepstream.notifier.config.Webhook.Wanted;
import io.keepstream.notifier.noise.NoiseConfig;
import io.keepstream.notifier.noise.NoiseConfig.Damping;
import io.keepstream.runtime.script.Accounts;
import io.keepstream.runtime.script.ScriptCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifierConfigReaderTest {
  private record Result(NotifierConfig config, List<Diagnostic> diagnostics) {}

  private final Accounts accounts =
      new Accounts() {
        @Override
        public boolean hasUser(String name) {
          return users.contains(name);
        }

        @Override
        public boolean hasGroup(String name) {
          return name.equals("adm");
        }

        @Override
        public Optional<String> danger(String user, String program) {
          return program.equals("/bin/open")
              ? Optional.of("others than root may write to `/bin/open`")
              : Optional.empty();
        }
      };

  @TempDir Path directory;
  private final Set<String> users = new HashSet<>(Set.of("root", "bob"));

  @Test
  void scriptsThatAreNotSecureAreLeftOutWhenSecurityIsAskedFor() throws IOException {
    String instance = "vrrp_instance V {\n notify_master /bin/open root\n notify /bin/n root\n}\n";
    assertThat(read(instance).diagnostics()).isEmpty();
    Result secured = read("global_defs {\n enable_script_security\n}\n" + instance);
    assertThat(secured.config().scripts().instances().get("V").scripts()).isEmpty();
    assertThat(secured.config().scripts().instances().get("V").always()).isPresent();
    assertThat(secured.diagnostics())
        .singleElement()
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Diagnostic.Kind.SECURITY))
        .asString()
        .endsWith(
            "notify_master: others than root may write to `/bin/open`, so the script is not run");
  }

  @Test
  void scriptsOfAnInstance() throws IOException {
    Scripts scripts =
        read("""
        vrrp_instance VI_1 {
          notify_master "/bin/m 'one arg' two" bob adm
          notify_backup /bin/b
          notify_fault /bin/f
          notify_stop /bin/s
          notify_deleted /bin/d
          notify_master_rx_lower_pri /bin/l
          notify /bin/n
          notify /bin/second
        }
        vrrp_instance VI_2 {
          notify_deleted
        }
        """)
            .config()
            .scripts();
    assertThat(scripts.instances())
        .isEqualTo(
            Map.of(
                "VI_1",
                new VrrpNotify(
                    Map.of(
                        NoticeWord.MASTER,
                        new ScriptCommand(List.of("/bin/m", "one arg", "two"), "bob", "adm"),
                        NoticeWord.BACKUP,
                        script("/bin/b"),
                        NoticeWord.FAULT,
                        script("/bin/f"),
                        NoticeWord.STOP,
                        script("/bin/s"),
                        NoticeWord.DELETED,
                        script("/bin/d"),
                        NoticeWord.MASTER_RX_LOWER_PRI,
                        script("/bin/l")),
                    Optional.of(script("/bin/n")),
                    true,
                    false),
                "VI_2",
                new VrrpNotify(Map.of(), Optional.empty(), true, false)));
  }

  @Test
  void scriptsOfAGroup() throws IOException {
    assertThat(
            read("""
            vrrp_sync_group G1 {
              group {
                VI_1
              }
              notify_master /bin/m
              notify /bin/n
            }
            """)
                .config()
                .scripts()
                .groups())
        .isEqualTo(
            Map.of(
                "G1",
                new VrrpNotify(
                    Map.of(NoticeWord.MASTER, script("/bin/m")),
                    Optional.of(script("/bin/n")),
                    false,
                    false)));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',                             '',                            '',                          false
          vrrp_notify_priority_changes,   '',                            '',                          true
          '',                             notify_priority_changes,       '',                          true
          vrrp_notify_priority_changes,   notify_priority_changes off,   '',                          false
          '',                             notify_priority_changes,       notify_priority_changes off, false
          vrrp_notify_priority_changes,   '',                            notify_priority_changes off, false
          '',                             '',                            notify_priority_changes on,  true
          """)
  void priorityChanges(String global, String group, String instance, boolean told)
      throws IOException {
    Map<String, VrrpNotify> instances =
        read("""
        global_defs {
          %s
        }
        vrrp_sync_group G {
          group {
            A
          }
          %s
        }
        vrrp_instance A {
          %s
        }
        """
                .formatted(global, group, instance))
            .config()
            .scripts()
            .instances();
    assertThat(instances.get("A").priorityChanges()).isEqualTo(told);
  }

  @Test
  void scriptsOfServers() throws IOException {
    Scripts scripts =
        read("""
        virtual_server 10.0.0.1 80 {
          protocol TCP
          quorum_up /bin/qu
          quorum_down /bin/qd
          real_server 10.1.0.1 8080 {
            notify_up /bin/up
            notify_down /bin/down
          }
        }
        """)
            .config()
            .scripts();
    assertThat(scripts.virtualServers())
        .isEqualTo(
            Map.of(
                "[10.0.0.1]:tcp:80",
                new UpDown(Optional.of(script("/bin/qu")), Optional.of(script("/bin/qd")))));
    assertThat(scripts.realServers())
        .isEqualTo(
            Map.of(
                new BackendRef("[10.0.0.1]:tcp:80", "[10.1.0.1]:tcp:8080"),
                new UpDown(Optional.of(script("/bin/up")), Optional.of(script("/bin/down")))));
  }

  @Test
  void scriptUserIsTheDefaultAndOwnsFifos() throws IOException {
    NotifierConfig config =
        read("""
        global_defs {
          script_user bob :adm
          notify_fifo /run/f
        }
        vrrp_instance VI_1 {
          notify /bin/n
        }
        """)
            .config();
    assertThat(config.scripts().instances().get("VI_1").always())
        .contains(new ScriptCommand(List.of("/bin/n"), "bob", "adm", true));
    assertThat(config.fifos().getFirst().owner()).contains("bob:adm");
  }

  @Test
  void keepalivedScriptIsTheDefaultWhereItExists() throws IOException {
    users.add("keepalived_script");
    assertThat(
            read("vrrp_instance VI_1 {\n notify /bin/n\n}\n")
                .config()
                .scripts()
                .instances()
                .get("VI_1")
                .always())
        .contains(new ScriptCommand(List.of("/bin/n"), "keepalived_script", null));
  }

  @Test
  void aScriptOfNobodyIsLeftOutAndSaid() throws IOException {
    Result result =
        read(
            """
            vrrp_instance VI_1 {
              notify_master /bin/m eve
              notify_backup /bin/b bob nogroup
            }
            """);
    assertThat(result.config().scripts().instances().get("VI_1").scripts()).isEmpty();
    assertThat(result.diagnostics().stream().map(said -> said.position() + " " + said.message()))
        .containsExactlyInAnyOrder(
            directory
                + "/conf:2:17 notify_master: there is no user `eve` here, so the script is not run",
            directory
                + "/conf:3:17 notify_backup: there is no group `nogroup` here, so the script is not"
                + " run");
  }

  @Test
  void fifos() throws IOException {
    assertThat(
            read("""
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
  void aFifoOfOneKindOnThePathOfAllIsIgnored() throws IOException {
    assertThat(
            read("""
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
  void targets() throws IOException {
    NotifierConfig config =
        read("""
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
  void noise() throws IOException {
    NotifierConfig config =
        read("""
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
    assertThat(read("").config().noise()).isEqualTo(NoiseConfig.NONE);
  }

  @Test
  void noiseThatCannotBeToldApartIsAnError() throws IOException {
    Result result = read("noise_control {\n flap_suppress 700\n}\n");
    assertThat(result.diagnostics())
        .extracting(Diagnostic::toString)
        .singleElement()
        .asString()
        .endsWith(
            ":2:2: error: flap_reuse is 750 and has to be less than flap_suppress, which is 700");
    assertThat(
            read(webhook("preset pagerduty\n routing_key_file /k\n group_wait 2s")).diagnostics())
        .extracting(Diagnostic::toString)
        .singleElement()
        .asString()
        .endsWith("group_wait: a message of preset pagerduty is about one event");
  }

  @Test
  void aTemplateIsReadWithTheConfiguration() throws IOException {
    Path template = Files.writeString(directory.resolve("t.json"), "{\"a\": \"{{summary}}\"}");
    assertThat(read(webhook("preset template " + template)).config().webhooks().getFirst().form())
        .isEqualTo(new Form.OwnTemplate(template, "{\"a\": \"{{summary}}\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "preset pagerduty, preset pagerduty: routing_key_file is missing",
    "preset template /nowhere, template /nowhere cannot be read",
    "preset template BROKEN, line 2",
  })
  void aFormThatCannotBeWrittenIsAnError(String preset, String message) throws IOException {
    Path broken = Files.writeString(directory.resolve("broken"), "a\n{{#event}}\nb\n");
    Result result = read(webhook(preset.replace("BROKEN", broken.toString())));
    assertThat(result.config().webhooks()).isEmpty();
    assertThat(result.diagnostics()).singleElement().matches(said -> said.isError());
    assertThat(result.diagnostics().getFirst().toString()).contains("conf:3:2: error", message);
  }

  private static String webhook(String preset) {
    return "webhook w {\n url http://h/x\n %s\n}\n".formatted(preset);
  }

  @ParameterizedTest
  @CsvSource({"ftp://h/x", "http:///x", "h/x", "//h/x", "'http://h/a b'"})
  void aUrlThatIsNoneIsAnError(String url) throws IOException {
    Result result = read("webhook w {\n url \"" + url + "\"\n}\n");
    assertThat(result.config().webhooks()).isEmpty();
    assertThat(result.diagnostics()).singleElement().matches(said -> said.isError());
  }

  @Test
  void aPathThatCannotBeIsLeftOut() throws IOException {
    Result result =
        read(
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
  void nothingAskedIsNothingDone() throws IOException {
    Result result = read("global_defs {\n router_id lb1\n}\n");
    assertThat(result.config()).isEqualTo(NotifierConfig.NONE);
    assertThat(result.diagnostics()).isEmpty();
  }

  private Result read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("conf"), text);
    Document document = ConfigReader.read(file.toString(), SystemSource.ofThisMachine());
    List<Diagnostic> diagnostics = new ArrayList<>();
    NotifierConfig config = NotifierConfigReader.read(document.root(), accounts, diagnostics::add);
    return new Result(config, diagnostics);
  }

  private static ScriptCommand script(String program) {
    return new ScriptCommand(List.of(program), null, null);
  }
}
