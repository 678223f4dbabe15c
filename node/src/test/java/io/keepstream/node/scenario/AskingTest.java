package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.Output;
import io.keepstream.node.run.KeepalivedSignal;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a running node tells those who ask: by its socket, and by keepalived's signals. */
@KernelTest
class AskingTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private NamespaceLab lab;
  private LabHost host;
  private Path socket;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
    socket = lab.directory().resolve("control").resolve("node.sock");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void anotherProcessAsksWhy() throws IOException {
    LabProcess node = master("");
    String text = ask("explain", "VI_1").orThrow("explain").text();
    assertThat(text)
        .contains("VI_1 is MASTER", "no advert from a MASTER", "yields to any advert of priority");
    JsonNode json = tree(ask("explain", "VI_1", "-o", "json").orThrow("explain"));
    assertThat(json.path("state").asText()).isEqualTo("MASTER");
    assertThat(json.path("priority").path("effective").asInt()).isEqualTo(200);
    assertThat(json.path("timers").path(0).path("name").asText()).isEqualTo("Adver_Timer");
    Output status = ask("status").orThrow("status");
    assertThat(status.text()).startsWith("All is well.").containsPattern("VI_1 +MASTER");
    JsonNode services = tree(ask("status", "-o", "json").orThrow("status")).path("services");
    assertThat(services.findValuesAsText("answered"))
        .containsExactly("true", "true", "true", "true");
    assertThat(tree(ask("status", "-o", "keepalived")).path(0).path("data").path("iname").asText())
        .isEqualTo("VI_1");
    assertThat(ask("deliveries").orThrow("deliveries").text())
        .isEqualTo("no sinks: nobody asked to be told");
    assertThat(ask("deliveries", "dead", "webhook", "ops").text())
        .contains("no sink `webhook ops`; there are: ");
    Output unknown = ask("explain", "VI_9");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.text()).contains("there is no instance VI_9; there are: VI_1");

    node.stop();
    assertThat(socket).doesNotExist();
    Output stopped = ask("explain", "VI_1");
    assertThat(stopped.status()).isEqualTo(1);
    assertThat(stopped.text()).contains("no node answers on " + socket);
    assertThat(ask("status").status()).isEqualTo(3);
  }

  @Test
  void twoMastersWithDifferentPasswordsSeeWhy() throws IOException {
    LabHost other = lab.host("node2").nic("eth0", lab.bridge("lan"), "10.0.0.2/24");
    LabProcess ours = host.start(grouped("one", socket));
    LabProcess theirs = other.start(grouped("two", lab.directory().resolve("node2.sock")));
    ours.awaitLine("rejected 1 advert from 10.0.0.2: wrong password .*\\(authFailure\\)", LIMIT);
    theirs.awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);
    assertThat(ask("explain", "VI_1").orThrow("explain").text())
        .containsPattern(
            "refused +adverts of 10.0.0.2: wrong password .*authFailure.* so far, last");
    assertThat(ask("explain", "G1").orThrow("explain").text())
        .containsPattern("G1 is a sync group.*\\n  VI_1 +MASTER +since ");
  }

  private String[] grouped(String password, Path control) throws IOException {
    String text =
        """
        vrrp_sync_group G1 {
            group {
                VI_1
            }
        }
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            authentication {
                auth_type PASS
                auth_pass %s
            }
            virtual_ipaddress {
                10.0.0.100/24
            }
        }
        """
            .formatted(password);
    Path config = Files.writeString(lab.directory().resolve(password + ".conf"), text);
    return Speaker.command("run", "-f", config.toString(), "--control", control.toString());
  }

  @Test
  void keepalivedsSignalsWriteItsFilesAndFollowNoLink() throws IOException {
    Path precious = Files.writeString(lab.directory().resolve("precious"), "precious");
    Path data = Files.createSymbolicLink(lab.directory().resolve("keepalived.data"), precious);
    LabProcess node =
        master(
            """
            global_defs {
                state_dump_file %1$s/
                stats_dump_file %1$s/
                json_dump_file %1$s/
                json_version 2
            }
            """
                .formatted(lab.directory()));
    wrote(node, KeepalivedSignal.DATA, data);
    assertThat(Files.isSymbolicLink(data)).isFalse();
    assertThat(precious).hasContent("precious");
    assertThat(data).content().contains(" VRRP Instance = VI_1\n", "   State = MASTER\n");
    assertThat(Files.getPosixFilePermissions(data, LinkOption.NOFOLLOW_LINKS)).hasSize(2);

    Path stats = lab.directory().resolve("keepalived.stats");
    wrote(node, KeepalivedSignal.STATS_CLEAR, stats);
    assertThat(stats).content().contains("  Became master: 1\n");
    wrote(node, KeepalivedSignal.STATS, stats);
    assertThat(stats).content().contains("  Became master: 0\n");

    Path json = lab.directory().resolve("keepalived.json");
    wrote(node, KeepalivedSignal.JSON, json);
    JsonNode written = new ObjectMapper().readTree(json.toFile());
    assertThat(written.path("vrrp").path(0).path("data").path("state").asInt()).isEqualTo(2);
    node.stop();
    assertThat(node.text()).contains("Stopping: SIGTERM");
  }

  private LabProcess master(String globals) throws IOException {
    Path config =
        Files.writeString(
            lab.directory().resolve("node.conf"),
            globals
                + """
                vrrp_instance VI_1 {
                    interface eth0
                    virtual_router_id 51
                    priority 200
                    virtual_ipaddress {
                        10.0.0.100/24
                    }
                }
                """);
    LabProcess node =
        host.start(Speaker.command("run", "-f", config.toString(), "--control", socket.toString()));
    node.awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);
    return node;
  }

  private static JsonNode tree(Output output) throws IOException {
    return new ObjectMapper().readTree(output.text());
  }

  private static void wrote(LabProcess node, KeepalivedSignal signal, Path file) {
    int before = node.lines().size();
    node.signal(String.valueOf(signal.number()));
    node.awaitLine("Wrote " + file, before, LIMIT);
  }

  private Output ask(String command, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = command;
    System.arraycopy(more, 0, arguments, 1, more.length);
    arguments[more.length + 1] = "--control";
    arguments[more.length + 2] = socket.toString();
    return host.run(LIMIT, Speaker.command(arguments));
  }
}
