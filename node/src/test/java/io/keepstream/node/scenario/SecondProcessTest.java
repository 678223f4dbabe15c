package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A process that is started beside another by mistake. */
@KernelTest
class SecondProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
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
  void itEndsAndTheFirstGoesOn() {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
      LabProcess first = Speaker.KEEPSTREAM.start(host, CONFIG);
      first.awaitLine("Entering MASTER STATE", LIMIT);
      int lines = first.lines().size();

      LabProcess second = Speaker.KEEPSTREAM.start(host, CONFIG);
      second.awaitLine(
          "election already runs in this network namespace, as process " + first.pid(), LIMIT);
      assertThat(first.lines().subList(lines, first.lines().size())).isEmpty();

      first.kill();
      LabProcess third = Speaker.KEEPSTREAM.start(host, CONFIG);
      third.awaitLine("Entering MASTER STATE", LIMIT);
    }
  }
}
