package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes on two LANs: both addresses are always on the same node, or on their way there. */
@KernelTest(tools = {"keepalived", "tcpdump", "tshark"})
@Execution(ExecutionMode.CONCURRENT)
class SyncGroupTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private NamespaceLab lab;
  private LabHost host1;
  private LabHost host2;
  private Adverts lan2;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    LabBridge first = lab.bridge("lan1");
    LabBridge second = lab.bridge("lan2");
    host1 = lab.host("node1").nic("eth0", first, "10.0.1.1/24").nic("eth1", second, "10.0.2.1/24");
    host2 = lab.host("node2").nic("eth0", first, "10.0.1.2/24").nic("eth1", second, "10.0.2.2/24");
    lan2 = Adverts.on(second);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest(name = "node1 {0}, node2 {1}")
  @CsvSource({"KEEPSTREAM, KEEPSTREAM", "KEEPSTREAM, KEEPALIVED", "KEEPALIVED, KEEPSTREAM"})
  @Proves({"VR-061", "VR-062", "VR-063", "VR-064"})
  void bothAddressesMoveTogether(Speaker first, Speaker second) throws IOException {
    Node node1 = new Node(host1, first, config(host1, 150));
    Node node2 = new Node(host2, second, config(host2, 100));
    node1.start();
    node2.start();
    awaitOwner(node1, node2);

    host1.unplug("eth0");
    awaitOwner(node2, node1);
    assertThat(resignationsOf(node1)).as("on the LAN that still works").isBetween(1L, 2L);
    host1.plug("eth0");
    awaitOwner(node1, node2);

    Files.createFile(broken(host1));
    awaitOwner(node2, node1);
    lan2.await(Advert.class, advert -> advert.priority() == 90, LIMIT);
    Files.delete(broken(host1));
    awaitOwner(node1, node2);

    node1.stop();
    awaitOwner(node2, node1);
    if (second == Speaker.KEEPSTREAM) {
      node2.process().awaitLine("VRRP_Group\\(G\\) Syncing instances to MASTER state", LIMIT);
    }
    if (first == Speaker.KEEPSTREAM) {
      assertThat(node1.process().text())
          .contains(
              "(VI_2) Entering FAULT STATE [fault: VI_1: interface eth0 is down",
              "VRRP_Group(G) Syncing instances to FAULT state",
              "VRRP_Group(G) Syncing instances to STOP state");
      assertThat(resignationsOf(node1)).as("once for the fault, once for the end").isEqualTo(2);
    }
  }

  @Test
  @Proves("VR-062")
  void aReloadFormsAndDissolvesAGroup() throws IOException {
    String alone = instance(1, 150) + instance(2, 150);
    Path config = Files.writeString(lab.directory().resolve("node.conf"), alone);
    LabProcess node = host1.start(Speaker.command("run", "-f", config.toString()));
    node.awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);
    node.awaitLine("\\(VI_2\\) Entering MASTER STATE", LIMIT);
    host1.unplug("eth1");
    node.awaitLine("\\(VI_2\\) Entering FAULT STATE", LIMIT);
    assertThat(node.text()).doesNotContain("(VI_1) Entering FAULT");

    Path told = lab.directory().resolve("told");
    Files.writeString(config, group("notify " + tells(told) + "\n") + alone);
    node.signal("HUP");
    node.awaitLine("\\(VI_1\\) Entering FAULT STATE .fault: VI_2: interface eth1 is down", LIMIT);
    node.awaitLine("VRRP_Group\\(G\\) Syncing instances to FAULT state", LIMIT);
    Await.until(
        LIMIT,
        "the script of the group is run",
        () -> host1.run("cat", told.toString()).text().contains("GROUP G FAULT 0"));

    int before = node.lines().size();
    Files.writeString(config, alone);
    node.signal("HUP");
    node.awaitLine("\\(VI_1\\) Entering MASTER STATE", before, LIMIT);
    node.stop();
  }

  /** A script that writes its arguments to a file. */
  private Path tells(Path file) throws IOException {
    Path script = lab.directory().resolve("tells.sh");
    Files.writeString(script, "#!/bin/sh\necho \"$*\" >> " + file + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  private long resignationsOf(Node node) {
    String source = node.host() == host1 ? "10.0.2.1" : "10.0.2.2";
    return lan2.seen(Advert.class).stream()
        .filter(advert -> advert.source().equals(source) && advert.priority() == 0)
        .count();
  }

  private static void awaitOwner(Node owner, Node other) {
    Await.until(
        LIMIT,
        "only " + owner.host() + " has both addresses",
        () -> addresses().allMatch(owner::has) && addresses().noneMatch(other::has));
  }

  private static Stream<String> addresses() {
    return Stream.of("10.0.1.100", "10.0.2.100");
  }

  /** While this file is there, the tracked script of the host fails. */
  private Path broken(LabHost host) {
    return lab.directory().resolve("broken-" + host.name());
  }

  private String config(LabHost host, int priority) {
    return """
        vrrp_script chk {
            script "/usr/bin/test ! -e %s"
            interval 1
            weight -60
        }
        """
            .formatted(broken(host))
        + group("track_script {\n chk\n }\n")
        + instance(1, priority)
        + instance(2, priority);
  }

  private static String group(String tracks) {
    return "vrrp_sync_group G {\n group {\n VI_1\n VI_2\n }\n" + tracks + "}\n";
  }

  private static String instance(int number, int priority) {
    return """
        vrrp_instance VI_%1$d {
            interface eth%2$d
            virtual_router_id 5%1$d
            priority %3$d
            advert_int 1
            virtual_ipaddress {
                10.0.%1$d.100/24
            }
        }
        """
        .formatted(number, number - 1, priority);
  }
}
