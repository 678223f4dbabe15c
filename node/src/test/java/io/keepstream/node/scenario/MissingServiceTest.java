package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.Output;
import io.keepstream.testkit.KernelTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A process that is gone before its service has said anything. */
@KernelTest
@Execution(ExecutionMode.CONCURRENT)
class MissingServiceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CONFIG =
      """
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 150
          advert_int 0.3
          version 3
          virtual_ipaddress {
              10.0.0.100/24
          }
      }
      """;

  @Test
  void isShownAsSilentUntilItIsThere() {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
      Processes node = new Processes(host, CONFIG);
      LabProcess election = node.begin(Service.ELECTION);
      election.awaitLine("Entering MASTER STATE", LIMIT);
      assertThat(node.ask(Service.ELECTION, "status").orThrow("status").text())
          .doesNotContain("health");

      try (StandIn _ = StandIn.join(node.meeting(), "health")) {
        isMissing(node);
      }
      election.awaitLine("No longer linked with health", LIMIT);
      isMissing(node);

      int lines = election.lines().size();
      node.begin(Service.HEALTH).awaitLine("Started Keepstream", LIMIT);
      election.awaitLine("Linked with health", lines, LIMIT);
      assertThat(node.ask(Service.ELECTION, "status").orThrow("status").text())
          .contains("All is well.")
          .containsPattern("health +answers");
    }
  }

  private static void isMissing(Processes node) {
    Output status = node.ask(Service.ELECTION, "status");
    assertThat(status.status()).isEqualTo(1);
    assertThat(status.text())
        .contains("Not well:\n  health does not answer\n")
        .containsPattern("health +silent +never, missing for \\d")
        .containsPattern("election +answers");
    Output json = node.ask(Service.ELECTION, "status", "-o", "json");
    assertThat(json.status()).isEqualTo(1);
    assertThat(json.text())
        .containsPattern("\"problems\" : \\[ \"health does not answer\" ]")
        .containsPattern("\"missingMillis\" : \\d");
  }
}
