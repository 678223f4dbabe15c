package io.keepstream.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.testkit.KernelTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@KernelTest(tools = "ping")
class NamespaceLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost node1;
  private LabHost node2;
  private LabHost client;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    node1 = lab.host("node1").nic("ens192", lan, "192.168.10.1/24", "fd10::1/64");
    node2 = lab.host("node2").nic("ens192", lan, "192.168.10.2/24", "fd10::2/64");
    client = lab.host("client").nic("eth0", lan, "192.168.10.9/24");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void hostsReachEachOther() {
    assertThat(reaches(client, "192.168.10.1")).isTrue();
    assertThat(reaches(client, "192.168.10.2")).isTrue();
    assertThat(reaches(node1, "192.168.10.2")).isTrue();
    assertThat(reaches(node1, "fd10::2")).isTrue();
  }

  @Test
  void lossActsInOneDirection() {
    lan.lose(node1, node2, 100);

    assertThat(reaches(node1, "192.168.10.2")).isFalse();
    assertThat(reaches(node1, "192.168.10.9")).isTrue();
    lan.heal();
    Await.until(LIMIT, "node2 answers again", () -> reaches(node1, "192.168.10.2"));
  }

  @Test
  void totalLossSilencesTheBridge() {
    lan.lose(100);

    assertThat(reaches(client, "192.168.10.1")).isFalse();
  }

  @Test
  void someLossLosesSome() {
    assertThat(reaches(node1, "192.168.10.2")).isTrue();
    lan.lose(node1, node2, 50);

    String summary =
        node1.run("ping", "-q", "-c", "200", "-i", "0.002", "-W", "1", "192.168.10.2").text();
    int received = Integer.parseInt(summary.replaceAll("(?s).*?(\\d+) received.*", "$1"));

    assertThat(received).isBetween(40, 160);
  }

  @Test
  void aPartitionCutsBothWays() {
    lan.partition(node1);

    assertThat(reaches(node1, "192.168.10.2")).isFalse();
    assertThat(reaches(client, "192.168.10.1")).isFalse();
    assertThat(reaches(client, "192.168.10.2")).isTrue();
  }

  @Test
  void aPulledCableTakesTheCarrier() {
    node1.unplug("ens192");
    Await.until(LIMIT, "no carrier", () -> link(node1).contains("NO-CARRIER"));

    node1.plug("ens192");
    Await.until(LIMIT, "carrier", () -> link(node1).contains("LOWER_UP"));

    assertThatThrownBy(() -> node1.unplug("eth7")).hasMessageContaining("[ens192]");
  }

  @Test
  void aProcessShowsItsLinesAndTakesSignals() {
    LabProcess process =
        node1.start("sh", "-c", "trap 'echo again' HUP; echo ready; while :; do sleep 0.01; done");
    process.awaitLine("^ready$", LIMIT);

    process.signal("HUP");
    assertThat(process.awaitLine("again", 1, LIMIT)).isEqualTo("again");

    process.pause();
    process.signal("HUP");
    assertThat(process.lines()).hasSize(2);
    process.resume();
    process.awaitLine("again", 2, LIMIT);

    process.stop();
    assertThat(process.isAlive()).isFalse();
    assertThatThrownBy(() -> process.awaitLine("never", Duration.ofMillis(10)))
        .hasMessageContaining("/never/")
        .hasMessageContaining("ended with status 143")
        .hasMessageContaining("ready");
  }

  @Test
  void closingLeavesNothing() {
    LabProcess process = node2.start("sh", "-c", "sleep 600 & echo $!; wait");
    long child = Long.parseLong(process.awaitLine("\\d+", LIMIT));
    Path namespace = node2.namespacePath();
    assertThat(namespace).exists();

    lab.close();

    assertThat(namespace).doesNotExist();
    assertThat(lab.directory()).doesNotExist();
    Await.until(LIMIT, "the child is gone", () -> !Files.exists(Path.of("/proc/" + child)));
  }

  private static boolean reaches(LabHost from, String address) {
    return from.run("ping", "-c", "1", "-W", "0.3", address).status() == 0;
  }

  private static String link(LabHost host) {
    return host.run("ip", "link", "show", "dev", "ens192").text();
  }
}
