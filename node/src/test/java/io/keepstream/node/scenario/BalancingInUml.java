package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.lab.Await;
import io.keepstream.lab.Commands;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.peer.Keepalived;
import io.keepstream.testkit.peer.WebSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tutorial's balancing: one node, a client outside, two web servers behind it. */
@KernelTest(tools = {"ipvsadm", "curl", "keepalived"})
class BalancingInUml {
  private static final String VIP = "172.32.10.18";
  private static final String URL = "http://" + VIP + "/";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost client;
  private Node node;
  private WebServer web1;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    client = lab.host("client").nic("eth0", lan, "172.32.10.50/24");
    web1 = webServer("web1", "192.168.10.114");
    webServer("web2", "192.168.10.121");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aClientStaysWithItsServerAndTheTableIsKeepalivedsOwn() throws IOException {
    String config = example("tutorial");
    start(config);
    assertThat(pages(6)).as("persistence_timeout 50").containsOnly(pages(1).getFirst());

    LabHost other = lab.host("other").nic("ens192", lan, "192.168.10.13/24");
    Keepalived keepalived = Keepalived.start(other, Keepalived.Part.CHECKERS, config);
    Await.until(LIMIT, "keepalived's table", () -> table(other).lines().count() == 3);
    assertThat(table(node.host())).isEqualTo(table(other));
    keepalived.stop();

    node.stop();
    assertThat(table(node.host())).as("the table after SIGTERM").isEmpty();
    assertThat(node.has(VIP)).isFalse();
  }

  @Test
  void withoutPersistenceTheServersTakeTurns() throws IOException {
    start(withoutPersistence("tutorial"));
    List<String> pages = pages(6);
    assertThat(pages).containsOnly("web1", "web2");
    for (int i = 1; i < pages.size(); i++) {
      assertThat(pages.get(i)).isNotEqualTo(pages.get(i - 1));
    }
  }

  /**
   * delay_loop 6 s, one retry after 1 s, connect_timeout 3 s: at most 10 s to see a dead server.
   */
  @Test
  void aStoppedServerLeavesTheTableAndReturns() throws IOException {
    Duration checkTime = Duration.ofSeconds(10).plusSeconds(20); // and a slow machine
    start(example("tcp-check") + "http {\n}\n");
    assertThat(table(node.host())).contains("192.168.10.114:80", "192.168.10.121:80");
    Set<String> shown = Monitoring.metrics("keepstream_lvs_");
    Await.until(
        LIMIT, "the metrics of the table", () -> Monitoring.missing(shown, metrics()).isEmpty());

    web1.stop();
    Await.until(
        checkTime,
        "web1 leaves the table",
        () -> !table(node.host()).contains("192.168.10.114:80"));
    assertThat(pages(3)).containsOnly("web2");

    web1.start();
    Await.until(
        checkTime,
        "web1 is back in the table",
        () -> table(node.host()).contains("192.168.10.114:80"));
  }

  @Test
  void whoeverComesBackAfterAKillAdoptsTheTableWhileItServes() throws IOException {
    start(withoutPersistence("tutorial"));
    node.kill();
    assertThat(pages(4)).as("nobody minds the table").contains("web1", "web2");
    node.start();
    node.process()
        .awaitLine("found 1 virtual service.s. and 2 destination.s. already there", LIMIT);
    assertThat(pages(4)).contains("web1", "web2");
    assertThat(node.process().lines()).noneMatch(line -> line.contains("Adding service"));
  }

  /** An operator drains a server of a node whose lvs-service is then killed. */
  @Test
  void aDrainOutlivesLvsServiceAndSessionsOutliveBoth() throws IOException {
    LabHost director = director();
    Processes processes = new Processes(director, withoutPersistence("tcp-check"));
    List.of(Service.LVS, Service.HEALTH, Service.ELECTION).forEach(processes::begin);
    Await.until(
        LIMIT,
        "it serves",
        () ->
            table(director).lines().count() == 3 && client.run("curl", "-sfm5", URL).status() == 0);
    WebSession old = sessionWith("web1");

    processes
        .ask(Service.LVS, "drain", "192.168.10.114", "--until-empty", "--reason", "new disk")
        .orThrow("drain");
    assertThat(pages(4)).containsOnly("web2");
    assertThat(old.ask()).isEqualTo("web1");
    assertThat(processes.ask(Service.LVS, "status").text()).contains("new disk");
    String drained = table(director);
    assertThat(drained).contains("192.168.10.114:80 -m -w 0");

    processes.of(Service.LVS).kill();
    assertThat(pages(4)).as("nobody minds the table").containsOnly("web2");
    assertThat(old.ask()).isEqualTo("web1");
    LabProcess next = processes.begin(Service.LVS);
    next.awaitLine("found 1 virtual service.s. and 2 destination.s. already there", LIMIT);
    assertThat(table(director)).isEqualTo(drained);
    assertThat(old.ask()).isEqualTo("web1");

    old.reset();
    Await.until(LIMIT, "web1 is out, empty", () -> !table(director).contains("192.168.10.114"));
    processes.ask(Service.LVS, "undrain", "192.168.10.114").orThrow("undrain");
    assertThat(pages(4)).contains("web1", "web2");
  }

  private WebSession sessionWith(String server) throws IOException {
    while (true) {
      WebSession session = WebSession.open(client, "172.32.10.50", VIP);
      if (session.ask().equals(server)) {
        return session;
      }
      session.close();
    }
  }

  @Test
  @Proves({"FI-18", "IP-006"})
  void withoutIpvsTheNodeElectsAndWaitsForIt() throws IOException {
    String modprobe = Commands.run("cat", "/proc/sys/kernel/modprobe").text().strip();
    String unload = modprobe + " -r $(ls /sys/module | grep ^ip_vs_) xt_ipvs ip_vs";
    try {
      // Asking for IPVS would load it.
      Commands.run("sh", "-c", "echo /bin/false > /proc/sys/kernel/modprobe")
          .orThrow("no modprobe");
      Commands.run("sh", "-c", unload).orThrow(unload);
      node = node(example("tcp-check") + "\nglobal_defs {\n  dataplane ipvs\n}\n");
      node.start();
      Await.until(LIMIT, "node1 is MASTER", () -> node.has(VIP));
      node.process().awaitLine("LVS unavailable: the kernel has no IPVS", LIMIT);
      web1.stop();
      node.process().awaitLine("Real server .192.168.10.114.:tcp:80 .* is DOWN", LIMIT);
    } finally {
      Commands.run("sh", "-c", "echo " + modprobe + " > /proc/sys/kernel/modprobe")
          .orThrow("modprobe");
    }
    Await.until(LIMIT, "the table", () -> table(node.host()).lines().count() == 2);
    assertThat(table(node.host())).doesNotContain("192.168.10.114").contains("192.168.10.121");
  }

  private LabHost director() {
    return lab.host("node1")
        .nic("ens192", lan, "192.168.10.11/24", "172.32.10.11/24")
        .sysctl("net.ipv4.ip_forward=1");
  }

  private Node node(String config) {
    return new Node(director(), Speaker.KEEPSTREAM, config);
  }

  private void start(String config) {
    node = node(config);
    node.start();
    Await.until(LIMIT, "node1 is MASTER", () -> node.has(VIP));
    Await.until(LIMIT, "the table is filled", () -> table(node.host()).lines().count() == 3);
  }

  private WebServer webServer(String name, String address) {
    LabHost host =
        lab.host(name)
            .nic("eth0", lan, address + "/24")
            .ip("route add 172.32.10.0/24 via " + VIP + " dev eth0 onlink");
    return WebServer.start(host, 80);
  }

  private List<String> pages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> client.run("curl", "-s", "-m", "5", URL).text().strip())
        .toList();
  }

  private String metrics() {
    return node.host().run("curl", "-s", "-m", "10", "http://127.0.0.1:9165/metrics").text();
  }

  private static String table(LabHost host) {
    return host.run("ipvsadm", "-Sn").text();
  }

  private static String withoutPersistence(String folder) throws IOException {
    return example(folder).replace("    persistence_timeout 50\n", "");
  }

  private static String example(String folder) throws IOException {
    return Files.readString(Path.of("..", "examples", folder, "node1.conf"));
  }
}
