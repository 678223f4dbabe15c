package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.Output;
import io.keepstream.lab.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators tell a whole node on the command line, with clients, kills and a real table. */
class OperatorsInUml {
  private static final String VIP = "172.32.10.18";
  private static final String WEB_1 = "192.168.10.114:80";
  private static final String WEB_2 = "192.168.10.121:80";
  private static final String WEB_3 = "192.168.10.122:80";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost client;
  private Node node;
  private WebServer web3;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    client = lab.host("client").nic("eth0", lan, "172.32.10.50/24");
    webServer("web1", "192.168.10.114");
    webServer("web2", "192.168.10.121");
    web3 = webServer("web3", "192.168.10.122");
    LabHost host =
        lab.host("node1")
            .nic("ens192", lan, "192.168.10.11/24", "172.32.10.11/24")
            .sysctl("net.ipv4.ip_forward=1");
    node = new Node(host, Speaker.KEEPSTREAM, config(lab.directory().resolve("will.json")));
    start();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private WebServer webServer(String name, String address) {
    LabHost host =
        lab.host(name)
            .nic("eth0", lan, address + "/24")
            .ip("route add 172.32.10.0/24 via " + VIP + " dev eth0 onlink");
    return WebServer.start(host, 80);
  }

  private static String config(Path will) {
    return """
    global_defs {
      lvs_state_file %s
    }
    vrrp_instance VI_1 {
      state MASTER
      interface ens192
      virtual_router_id 51
      priority 100
      advert_int 1
      virtual_ipaddress {
        172.32.10.18
      }
    }
    virtual_server 172.32.10.18 80 {
      lvs_sched rr
      lvs_method NAT
      protocol TCP
      delay_loop 1
      retry 1
      delay_before_retry 1
      warmup 0
      real_server 192.168.10.114 80 {
        TCP_CHECK { }
      }
      real_server 192.168.10.121 80 {
        TCP_CHECK { }
      }
    }
    """
        .formatted(will);
  }

  private void start() {
    node.start();
    Await.until(LIMIT, "node1 is MASTER", () -> node.has(VIP));
    Await.until(LIMIT, "the table is there", () -> table().contains("-A -t " + VIP + ":80"));
  }

  /** Kills the node without a word and starts it anew. */
  private void restart() {
    node.kill();
    start();
    node.process().awaitLine("LVS ready", LIMIT);
  }

  private String keepstream(String... words) {
    return run(words).orThrow("keepstream " + String.join(" ", words)).text();
  }

  private Output run(String... words) {
    return node.host().run(LIMIT, Speaker.command(words));
  }

  private String table() {
    return node.host().run("ipvsadm", "-Sn").text();
  }

  private void awaitTable(String what, String line) {
    Await.until(LIMIT, what, () -> table().contains(line));
  }

  private void awaitGone(String server) {
    Await.until(LIMIT, "a table without " + server, () -> !table().contains(server));
  }

  private List<String> pages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> client.run("curl", "-s", "-m", "5", "http://" + VIP + "/").text().strip())
        .toList();
  }

  @Test
  void aDrainSparesSessionsOutlivesAKillAndEndsWhenTheyAreGone() throws IOException {
    Session old = Session.to("web1", client, VIP);
    assertThat(keepstream("drain", WEB_1, "--until-empty", "--reason", "new kernel"))
        .contains("by root: new kernel", "out when empty");
    assertThat(table()).contains("-r " + WEB_1 + " -m -w 0");
    assertThat(pages(4)).containsOnly("web2");
    assertThat(old.ask()).isEqualTo("web1");

    restart();
    assertThat(table()).contains("-r " + WEB_1 + " -m -w 0");
    assertThat(old.ask()).isEqualTo("web1");
    assertThat(pages(2)).containsOnly("web2");
    assertThat(run("status").text())
        .containsPattern("\\[192.168.10.114]:tcp:80 +\\[172.32.10.18]:tcp:80 .*root +draining, ")
        .contains("out when empty: new kernel")
        .containsPattern("DATAPLANE.*\nipvs ");

    old.reset();
    node.process().awaitLine("Drained service .192.168.10.114.:tcp:80 .*empty; .* 0 active", LIMIT);
    awaitGone(WEB_1);
    keepstream("undrain", WEB_1);
    assertThat(pages(2)).contains("web1", "web2");
  }

  @Test
  void whatIsLeftAfterItsTimeIsCutAndCounted() throws IOException {
    try (Session one = Session.to("web2", client, VIP);
        var _ = Session.to("web2", client, VIP)) {
      keepstream("drain", WEB_2, "--until-empty", "--max", "12s");
      assertThat(one.ask()).isEqualTo("web2");
      node.process()
          .awaitLine(
              "Drained service .192.168.10.121.:tcp:80 of VS .172.32.10.18.:tcp:80 .max; after"
                  + " 1[2-9]\\d\\d\\d ms; 2 active",
              LIMIT);
      awaitGone(WEB_2);
      one.send();
      assertThat(one.isSilent(1_000)).as("its packets are dropped").isTrue();
      restart();
      assertThat(table()).as("it stays out").doesNotContain(WEB_2);
      keepstream("undrain", WEB_2);
      assertThat(one.answer()).as("what was sent again").isEqualTo("web2");
    }
  }

  @Test
  void weightsAndServersChangeAndOutliveAKill() throws IOException {
    try (Session old = Session.to("web2", client, VIP)) {
      keepstream("weight", WEB_1, "5");
      keepstream("server", "add", VIP + ":80", WEB_3, "--weight", "2");
      awaitTable("web3, which is checked and good", "-r " + WEB_3 + " -m -w 2");
      assertThat(table()).contains("-r " + WEB_1 + " -m -w 5");
      assertThat(pages(3)).contains("web3");
      restart();
      assertThat(table()).contains("-r " + WEB_1 + " -m -w 5", "-r " + WEB_3 + " -m -w 2");
      assertThat(old.ask()).isEqualTo("web2");

      web3.stop();
      awaitGone(WEB_3);
      web3.start();
      awaitTable("web3 is found alive", "-r " + WEB_3 + " -m -w 2");
      keepstream("server", "remove", VIP + ":80", WEB_3);
      keepstream("server", "remove", VIP + ":80", WEB_1);
      assertThat(table()).doesNotContain(WEB_1).doesNotContain(WEB_3);
      restart();
      assertThat(table()).doesNotContain(WEB_1).doesNotContain(WEB_3);
      assertThat(old.ask()).isEqualTo("web2");
      keepstream("server", "add", VIP + ":80", WEB_1);
      awaitTable("web1 as in the file", "-r " + WEB_1 + " -m -w 1");
    }
  }

  @Test
  void aWholeNodeIsDrained() throws IOException {
    try (Session old = Session.to("web1", client, VIP)) {
      assertThat(run("drain", "node").text())
          .contains("this node is MASTER of VI_1", "1 virtual server(s)", "--force");
      assertThat(keepstream("drain", "node", "--force", "--reason", "new disk"))
          .contains("Draining this node, 2 real server(s) [by root: new disk; 1 active");
      assertThat(table().lines().filter(line -> line.endsWith("-w 0"))).hasSize(2);
      assertThat(pages(1)).containsExactly("");
      restart();
      assertThat(table().lines().filter(line -> line.endsWith("-w 0"))).hasSize(2);
      assertThat(old.ask()).isEqualTo("web1");
      assertThat(run("status").text()).containsPattern("this node .*root +draining, .*: new disk");
      assertThat(keepstream("undrain", "node")).startsWith("No longer draining this node");
      assertThat(pages(2)).contains("web1", "web2");
    }
  }
}
