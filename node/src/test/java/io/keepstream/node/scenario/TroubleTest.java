package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.Output;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is wrong around a node is said clearly and stops nothing else. */
@KernelTest(tools = "setpriv")
@Execution(ExecutionMode.CONCURRENT)
class TroubleTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String ELECTION =
      """
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 200
          virtual_ipaddress {
              10.0.0.100/24
          }
      }
      """;

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost host;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    host = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aMissingInterfaceFaultsItsInstanceUntilItComes() throws IOException {
    LabProcess node =
        run(
            ELECTION
                + ELECTION.replace("VI_1", "VI_2").replace("eth0", "eth7").replace(".100", ".200"));
    node.awaitLine("there is no interface eth7 on this machine now", LIMIT);
    node.awaitLine("\\(VI_2\\) Entering FAULT STATE .*interface eth7 does not exist", LIMIT);
    node.awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);

    host.nic("eth7", lan, "10.0.7.1/24");
    node.awaitLine("\\(VI_2\\) Entering BACKUP STATE .*faults cleared", LIMIT);
    node.awaitLine("\\(VI_2\\) Entering MASTER STATE", LIMIT);

    host.ip("link del eth7");
    node.awaitLine("\\(VI_2\\) Entering FAULT STATE .*was MASTER", LIMIT);
    assertThat(has("10.0.0.100")).isTrue();
  }

  @Test
  @Proves("VR-065")
  void aLostCableFaultsAndItsReturnElects() throws IOException {
    LabProcess node = run(ELECTION);
    node.awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);
    host.unplug("eth0");
    node.awaitLine("\\(VI_1\\) Entering FAULT STATE .*interface eth0 is down", LIMIT);
    Await.until(LIMIT, "the address is released", () -> !has("10.0.0.100"));
    int before = node.lines().size();
    host.plug("eth0");
    node.awaitLine("\\(VI_1\\) Entering MASTER STATE", before, LIMIT);
  }

  @Test
  void withoutRightsEveryPartSaysSoAndLives() throws IOException {
    Path config = write(ELECTION);
    String[] command =
        Stream.concat(
                Stream.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"),
                Stream.of(Speaker.command("run", "-f", config.toString())))
            .toArray(String[]::new);
    LabProcess node = host.start(command);
    node.awaitLine("\\(VI_1\\) Entering FAULT STATE .*needs root or CAP_NET_RAW", LIMIT);
    node.awaitLine("Started Keepstream", LIMIT);
    node.stop();
    assertThat(node.text()).contains("Stopping: SIGTERM");
  }

  @Test
  void anAddressThatIsAlreadyThereIsAdoptedAndReleased() throws IOException {
    LabProcess node = run(ELECTION);
    node.awaitLine("Entering BACKUP STATE", LIMIT);
    host.ip("addr add 10.0.0.100/24 dev eth0");
    node.awaitLine("address 10.0.0.100/24 is already on eth0, adopted", LIMIT);
    node.awaitLine("Entering MASTER STATE", LIMIT);
    node.stop();
    assertThat(has("10.0.0.100")).isFalse();
  }

  @Test
  void aFifoThatIsNoneAWebhookThatRefusesAndAScriptThatHangsStopNothing() throws IOException {
    Path file = Files.createFile(lab.directory().resolve("not-a-fifo"));
    LabProcess node =
        run(
            """
            global_defs {
                notify_fifo %s
            }
            webhook nobody {
                url http://10.0.0.1:9/hook
            }
            vrrp_script hangs {
                script "/bin/sh -c 'sleep 1000'"
                interval 1
                timeout 1
                weight -10
            }
            """
                    .formatted(file)
                + ELECTION.replace("priority 200", "priority 200\n track_script {\n hangs\n}"));
    node.awaitLine("Delivery to .*not-a-fifo.* fails: ", LIMIT);
    node.awaitLine("Delivery to webhook nobody fails: ", LIMIT);
    node.awaitLine("Script `hangs` now failed: not done within 1000 ms", LIMIT);
    node.awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);
    node.awaitLine("\\(VI_1\\) Changing effective priority from 200 to 190", LIMIT);
    node.stop();
    assertThat(host.run("pgrep", "-f", "sleep 1000").text()).as("left of the script").isEmpty();
  }

  @Test
  void aWrongConfigurationStartsNothingAndIsToldWhole() throws IOException {
    String wrong =
        ELECTION.replace("priority 200", "prioriti 200").replace("10.0.0.100/24", "10.0.0.300")
            + "vrrp_instance VI_2 {\n}\n";
    Path config = write(wrong);
    Output output = host.run(LIMIT, Speaker.command("run", "-f", config.toString()));
    assertThat(output.status()).isEqualTo(2);
    assertThat(output.text())
        .contains(
            ":4:5: error: unknown word 'prioriti' in vrrp_instance; did you mean 'priority'?",
            ":6:9: error: ",
            "vrrp_instance VI_2 needs interface",
            "nothing started")
        .doesNotContain("Entering");
  }

  @Test
  void aReloadWithErrorsChangesNothingAndOneWithoutIsInForce() throws IOException {
    Path config = write(ELECTION);
    LabProcess node = host.start(Speaker.command("run", "-f", config.toString()));
    node.awaitLine("Entering MASTER STATE", LIMIT);

    Files.writeString(config, ELECTION.replace("priority", "prioriti"));
    node.signal("HUP");
    node.awaitLine("refused, keeping the old one: .*prioriti", LIMIT);
    assertThat(has("10.0.0.100")).isTrue();

    String oddity = "vrrp_script odd {\n script /bin/true\n}\n";
    Files.writeString(
        config, oddity + ELECTION.replace("10.0.0.100/24", "10.0.0.100/24\n10.0.0.101/24"));
    node.signal("HUP");
    node.awaitLine("conf:1:1: warning: .*nobody tracks this script", LIMIT);
    node.awaitLine("Reloaded configuration", LIMIT);
    node.awaitLine("address 10.0.0.101/24 set on eth0", LIMIT);
    assertThat(has("10.0.0.100")).isTrue();
    assertThat(node.lines().stream().filter(line -> line.contains("Entering MASTER"))).hasSize(1);
  }

  private LabProcess run(String config) throws IOException {
    return host.start(Speaker.command("run", "-f", write(config).toString()));
  }

  private Path write(String config) throws IOException {
    Path file = Files.createTempFile(lab.directory(), "node", ".conf");
    Files.writeString(file, config);
    return file;
  }

  private boolean has(String address) {
    return host.run("ip", "-o", "addr", "show").text().contains(address + "/");
  }
}
