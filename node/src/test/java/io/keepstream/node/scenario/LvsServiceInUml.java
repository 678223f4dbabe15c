package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lvs-service in a process of its own, which fails alone; the tutorial's balancing goes on. */
@KernelTest(tools = {"ipvsadm", "curl"})
class LvsServiceInUml {
  private static final String VIP = "172.32.10.18";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost client;
  private LabHost host;
  private WebServer web1;
  private Path config;

  @BeforeEach
  void build() throws IOException {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    client = lab.host("client").nic("eth0", lan, "172.32.10.50/24");
    web1 = webServer("web1", "192.168.10.114");
    webServer("web2", "192.168.10.121");
    host =
        lab.host("node1")
            .nic("ens192", lan, "192.168.10.11/24", "172.32.10.11/24")
            .sysctl("net.ipv4.ip_forward=1");
    String example = Files.readString(Path.of("..", "examples", "tcp-check", "node1.conf"));
    config =
        Files.writeString(
            lab.directory().resolve("node1.conf"),
            example.replace("    persistence_timeout 50\n", "")); // so that servers take turns
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void killedItLeavesATableThatServesAndComesBackToItWithWhatItMissed() {
    LabProcess rest = start("election,health,notifier");
    LabProcess lvs = start("lvs");
    Await.until(LIMIT, "the table is filled", () -> table().lines().count() == 3);
    Await.until(LIMIT, "node1 is MASTER", this::hasAddress);

    int lines = rest.lines().size();
    lvs.kill();
    rest.awaitLine("lvs is lost", lines, LIMIT);
    assertThat(pages(4)).as("nobody minds the table").contains("web1", "web2");
    web1.stop();
    rest.awaitLine("Real server .192.168.10.114.:tcp:80 .* is DOWN", lines, LIMIT);
    assertThat(table()).contains("192.168.10.114");
    assertThat(hasAddress()).isTrue();

    LabProcess again = start("lvs");
    again.awaitLine("found 1 virtual service.s. and 2 destination.s. already there", LIMIT);
    Await.until(LIMIT, "it knows what it missed", () -> !table().contains("192.168.10.114"));
    assertThat(pages(3)).containsOnly("web2");
    assertThat(again.lines())
        .noneMatch(line -> line.contains("Adding service"))
        .noneMatch(line -> line.contains("Removing service"));
    rest.awaitLine("lvs is back", lines, LIMIT);
  }

  private LabProcess start(String services) {
    Path meeting = lab.directory().resolve("link");
    return host.start(
        Speaker.command(
            "run", "-f", config.toString(), "--only", services, "--link-dir", meeting.toString()));
  }

  private WebServer webServer(String name, String address) {
    LabHost server =
        lab.host(name)
            .nic("eth0", lan, address + "/24")
            .ip("route add 172.32.10.0/24 via " + VIP + " dev eth0 onlink");
    return WebServer.start(server, 80);
  }

  private List<String> pages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> client.run("curl", "-s", "-m", "5", "http://" + VIP + "/").text().strip())
        .toList();
  }

  private boolean hasAddress() {
    return host.run("ip", "-o", "addr", "show", "to", VIP).text().contains(VIP);
  }

  private String table() {
    return host.run("ipvsadm", "-Sn").text();
  }
}
