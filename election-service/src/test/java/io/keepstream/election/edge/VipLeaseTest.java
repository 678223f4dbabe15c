package io.keepstream.election.edge;

import static io.keepstream.election.edge.EngineInLab.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VipEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose election died or hangs loses its addresses by the kernel's own hand. */
@KernelTest(tools = "tcpdump")
class VipLeaseTest {
  private static final String VIP = "192.0.2.100";
  private static final String INSTANCE =
      """
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          version 3
          priority 254
          advert_int 0.3
          garp_master_delay 0
          %s
          virtual_ipaddress {
              192.0.2.100/24
              198.51.100.7/32
          }
          virtual_ipaddress_excluded {
              2001:db8::64/64
              2001:db8::65
          }
          virtual_routes {
              10.4.0.0/24 via 192.0.2.2 src 192.0.2.100
              10.5.0.0/24 dev eth0 src 198.51.100.7
          }
      }
      """;

  private NamespaceLab lab;
  private LabHost host;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    host = lab.host("router").nic("eth0", lab.bridge("lan"), "192.0.2.1/24");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private boolean has(String address) {
    return host.run("ip", "-o", "addr", "show").text().contains(" " + address + "/");
  }

  private String valid(String address) {
    return host.run("ip", "-o", "addr", "show", "to", address).text();
  }

  @Test
  void aLeaseIsRenewedWithoutNoise() {
    EngineInLab engine = lab.own(EngineInLab.in(host));
    engine.configure(INSTANCE.formatted("vip_lease 3")).awaitState("VI_1", VrrpState.MASTER);
    assertThat(valid(VIP)).containsPattern("valid_lft [23]sec preferred_lft [23]sec");
    assertThat(valid("2001:db8::64")).containsPattern("valid_lft [23]sec preferred_lft [23]sec");
    assertThat(valid("2001:db8::65")).containsPattern("valid_lft [23]sec preferred_lft 0sec");

    LabProcess monitor = KernelTablesTest.monitor(host);
    LabProcess arp = host.start("tcpdump", "-l", "-n", "-i", "eth0", "arp or icmp6");
    arp.awaitLine("listening on", LIMIT);
    Await.until(
        LIMIT, "six renewals: " + monitor.report(), () -> count(monitor.lines(), VIP + "/24") >= 6);
    List<String> lines = monitor.lines();
    for (String address : List.of("198.51.100.7/32", "2001:db8::64/64", "2001:db8::65/128")) {
      assertThat(count(lines, address)).as(address).isBetween(5L, 7L);
    }
    assertThat(lines).noneMatch(line -> line.startsWith("Deleted"));
    assertThat(lines).noneMatch(line -> line.contains("10.4.0.0") || line.contains("10.5.0.0"));
    assertThat(host.run("ip", "route").text()).contains("10.4.0.0/24", "10.5.0.0/24");
    assertThat(arp.lines()).noneMatch(line -> line.contains(VIP) && line.contains("who-has"));
    assertThat(engine.events(VipEvent.DriftRepaired.class)).isEmpty();
  }

  private static long count(List<String> lines, String text) {
    return lines.stream().filter(line -> line.contains("inet") && line.contains(text)).count();
  }

  @Test
  @Proves({"VR-078", "FI-19"})
  void whenKilledItLosesItsAddressesAndFindsNothingLeftLater() throws IOException {
    LabProcess killed = EngineProcess.start(host, INSTANCE.formatted("vip_lease 2"));
    killed.awaitLine("Entering MASTER STATE", LIMIT);
    killed.kill();
    for (String address : List.of(VIP, "198.51.100.7", "2001:db8::64", "2001:db8::65")) {
      Await.until(LIMIT, address + " is gone", () -> !has(address));
    }

    LabProcess stays = EngineProcess.start(host, INSTANCE.formatted(""));
    stays.awaitLine("Entering MASTER STATE", LIMIT);
    stays.kill();
    assertThat(has(VIP)).isTrue();
    host.ip("rule add from 10.9.0.0/16 table 100 priority 9 protocol 18");
    EngineInLab.addMarked(host, "192.0.2.222");
    LabProcess next = EngineProcess.start(host, INSTANCE.formatted(""));
    next.awaitLine("Entering MASTER STATE", LIMIT);
    List<String> lines = next.lines();
    int elected = indexOf(lines, "Entering BACKUP STATE");
    for (String left :
        List.of(
            "address 192.0.2.100/24 left on eth0",
            "address 192.0.2.222/24 left on eth0",
            "route 10.4.0.0/24 table 254 left",
            "rule of priority 9 left")) {
      assertThat(indexOf(lines, left)).as(left).isBetween(0, elected);
    }
  }

  private static int indexOf(List<String> lines, String text) {
    return lines.stream().map(line -> line.contains(text)).toList().indexOf(true);
  }

  @Test
  void whenHungItLosesItsAddressesAndAsksAgainBeforeItTakesThem() throws IOException {
    LabProcess node = EngineProcess.start(host, INSTANCE.formatted("vip_lease 2"));
    node.awaitLine("Entering MASTER STATE", LIMIT);
    node.pause();
    Await.until(LIMIT, "the address is gone", () -> !has(VIP));
    int before = node.lines().size();
    node.resume();
    node.awaitLine("Entering MASTER STATE", before, LIMIT);
    List<String> since = node.lines(before);
    assertThat(indexOf(since, "Entering BACKUP STATE")).isBetween(0, indexOf(since, "set on eth0"));
    assertThat(since).noneMatch(line -> line.contains("drift repaired"));
    assertThat(has(VIP)).isTrue();
  }
}
