package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A process that could not be asked when the others went over to another configuration. */
@KernelTest
@Execution(ExecutionMode.CONCURRENT)
class MissedReloadTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private NamespaceLab lab;
  private Path reached;
  private Path released;
  private String config;
  private Processes node;

  @BeforeEach
  void start() {
    lab = NamespaceLab.create();
    LabHost host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
    reached = lab.directory().resolve("reached");
    released = lab.directory().resolve("released");
    config = config(reached, released);
    node = new Processes(host, config);
    node.begin(Service.HEALTH).awaitLine("Started Keepstream", LIMIT);
  }

  /** Election has read it, and starts when the other file is there. */
  private static String config(Path reached, Path released) {
    return """
    global_defs {
        startup_script "/bin/sh -c 'touch %s; while [ ! -e %s ]; do sleep 0.1; done'"
        startup_script_timeout 60
    }
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
    """
        .formatted(reached, released);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private LabProcess beginElection() {
    LabProcess election = node.begin(Service.ELECTION);
    Await.until(LIMIT, "election has read its configuration", () -> Files.exists(reached));
    return election;
  }

  private void reload(Service asked, int priority) {
    node.write(config.replace("priority 150", "priority " + priority));
    assertThat(node.ask(asked, "reload").orThrow("reload").text())
        .contains("Reloaded configuration");
  }

  @Test
  void whoWasStillStartingFollows() throws IOException {
    LabProcess election = beginElection();
    reload(Service.HEALTH, 160);
    Files.createFile(released);
    election.awaitLine("Reloaded configuration", LIMIT);
    assertThat(node.explain(Service.ELECTION)).contains("160").doesNotContain("150");

    reload(Service.ELECTION, 170);
    assertThat(node.explain(Service.ELECTION)).contains("170");
    assertThat(node.of(Service.HEALTH).text()).doesNotContain("is read again");
  }

  @Test
  void whatIsNoLongerGoodOrNoLongerTheSameIsNotFollowed() throws IOException {
    LabProcess election = beginElection();
    reload(Service.HEALTH, 160);
    node.write(config + "no_such_word\n");
    Files.createFile(released);
    election.awaitLine("election has not gone over to .*node1.conf.*no_such_word", LIMIT);
    election.awaitLine("Entering MASTER STATE", LIMIT);
    assertThat(node.explain(Service.ELECTION)).contains("150");

    reload(Service.HEALTH, 170);
    assertThat(node.explain(Service.ELECTION)).contains("170");
  }

  @Test
  void whoStoodStillFollows() throws IOException {
    Files.createFile(released);
    LabProcess election = beginElection();
    election.awaitLine("Linked with health", LIMIT);
    election.awaitLine("Entering MASTER STATE", LIMIT);
    LabProcess health = node.of(Service.HEALTH);
    health.pause();
    election.awaitLine("health is lost", LIMIT);
    reload(Service.ELECTION, 160);
    health.resume();
    health.awaitLine("Reloaded configuration", LIMIT);
    assertThat(election.text()).doesNotContain("is read again");
  }
}
