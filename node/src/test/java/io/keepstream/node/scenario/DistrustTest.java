package io.keepstream.node.scenario;

import io.keepstream.contract.Service;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tracker whose last result holds only for so long without health-service. */
@KernelTest
class DistrustTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CONFIG =
      """
      vrrp_script chk {
          script "/bin/true"
          interval 1
          distrust_after 10
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
          track_script {
              chk
          }
      }
      """;

  private NamespaceLab lab;
  private Processes node;

  @BeforeEach
  void start() {
    lab = NamespaceLab.create();
    LabHost host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
    node = new Processes(host, CONFIG);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void itsSilenceFaultsTheInstanceUntilItsServiceIsBack() {
    LabProcess election = node.begin(Service.ELECTION);
    node.begin(Service.HEALTH);
    election.awaitLine("Entering MASTER STATE", LIMIT);
    node.of(Service.HEALTH).kill();
    election.awaitLine("Entering FAULT STATE.*script chk is silent", LIMIT);
    int lines = election.lines().size();
    node.begin(Service.HEALTH);
    election.awaitLine("Entering MASTER STATE", lines, LIMIT);
  }
}
