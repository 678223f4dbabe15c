package io.keepstream.node.scenario;

import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What trackers say reaches the other nodes. */
@KernelTest(tools = {"tcpdump", "tshark"})
@Execution(ExecutionMode.CONCURRENT)
class WeightsOnTheWireTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private NamespaceLab lab;
  private LabHost host;
  private Adverts adverts;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    host = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
    adverts = Adverts.on(lan);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  @Proves("VR-063")
  void theNumberInAFileShiftsThePriority() throws IOException {
    Path file = Files.writeString(lab.directory().resolve("load"), "10\n");
    LabProcess node =
        Speaker.KEEPSTREAM.start(
            host,
            """
            vrrp_track_file load {
                file %s
            }
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                version 3
                advert_int 0.3
                priority 100
                virtual_ipaddress {
                    10.0.0.100/24
                }
                track_file {
                    load weight 2
                }
            }
            """
                .formatted(file));
    awaitPriority(120);
    Files.writeString(file, "-20\n");
    awaitPriority(60);
    Files.writeString(file, "1000\n");
    awaitPriority(254);

    int lines = node.lines().size();
    Files.writeString(file, "-127\n");
    node.awaitLine("Entering FAULT STATE .*file load says -127", lines, LIMIT);
    awaitPriority(0);
    Files.writeString(file, "-128\n");
    node.awaitLine(
        "Still in FAULT STATE: file load says -128; no longer: file load says -127", lines, LIMIT);
    Files.writeString(file, "5\n");
    awaitPriority(110);
  }

  private void awaitPriority(int priority) {
    adverts.await(Advert.class, advert -> advert.priority() == priority, LIMIT);
  }
}
