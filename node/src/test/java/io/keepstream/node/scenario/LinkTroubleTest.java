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
import io.keepstream.testkit.witness.Sighting.Arp;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Interfaces that go, come back, flap or change under a running router. */
@KernelTest(tools = {"tcpdump", "tshark"})
@Execution(ExecutionMode.CONCURRENT)
class LinkTroubleTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String MAC = "00:00:5e:00:01:33";
  private static final String VIP = "10.0.0.100";
  private static final String CONFIG =
      """
      global_defs {
          dynamic_interfaces
      }
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          version 3
          advert_int 0.3
          priority 200
          use_vmac
          virtual_ipaddress {
              10.0.0.100/24
          }
      }
      """;

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost host;
  private Adverts adverts;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    host = lab.host("node1");
    adverts = Adverts.on(lan);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  @Proves({"NL-005", "FI-13"})
  void theInterfaceComesIsRenamedDeletedAndMadeAgain() {
    LabProcess node = Speaker.KEEPSTREAM.start(host, CONFIG);
    node.awaitLine("Entering FAULT STATE .*interface eth0 does not exist", LIMIT);
    assertThat(node.text()).doesNotContain("there is no interface");
    host.nic("eth0", lan, "10.0.0.1/24");
    awaitMaster(node, 0);

    int lines = node.lines().size();
    host.ip("link set eth0 down", "link set eth0 name eth9");
    node.awaitLine("Entering FAULT STATE .*interface eth0", lines, LIMIT);
    Await.until(LIMIT, "the VMAC goes with its base", () -> !links().contains("vrrp.51"));
    Await.until(LIMIT, "settings come back", () -> setting("eth9").equals("0"));
    host.ip("link set eth9 name eth0", "link set eth0 up");
    awaitMaster(node, lines);

    lines = node.lines().size();
    host.ip("link del eth0");
    node.awaitLine("Entering FAULT STATE .*interface eth0", lines, LIMIT);
    Await.until(LIMIT, "the VMAC goes with its base", () -> !links().contains("vrrp.51"));
    host.nic("eth0", lan, "10.0.0.1/24");
    awaitMaster(node, lines);
    assertThat(setting("eth0")).isEqualTo("1");
    node.stop();
    assertThat(setting("eth0")).isEqualTo("0");
  }

  @Test
  @Proves("FI-15")
  void aDeletedVmacIsMadeAgainWithItsAddresses() {
    host.nic("eth0", lan, "10.0.0.1/24");
    LabProcess node = Speaker.KEEPSTREAM.start(host, CONFIG);
    awaitMaster(node, 0);
    for (int i = 0; i < 3; i++) {
      int lines = node.lines().size();
      host.ip("link del vrrp.51");
      node.awaitLine("Created VMAC interface vrrp.51", lines, LIMIT);
      Await.until(LIMIT, "the address is back", () -> addresses().contains(VIP));
      assertThat(node.lines(lines)).noneMatch(line -> line.contains("Entering"));
    }
    int seen = adverts.seen(Advert.class).size();
    Await.until(LIMIT, "adverts go on", () -> adverts.seen(Advert.class).size() > seen + 2);
    assertThat(adverts.seen(Advert.class)).allMatch(advert -> advert.sourceMac().equals(MAC));
  }

  @Test
  void aVmacThatIsDownIsSwitchedOnAgain() {
    host.nic("eth0", lan, "10.0.0.1/24");
    LabProcess node = Speaker.KEEPSTREAM.start(host, CONFIG);
    awaitMaster(node, 0);
    host.ip("link set vrrp.51 down");
    node.awaitLine("vrrp.51 is down and is switched on again", LIMIT);
    Await.until(
        LIMIT,
        "it is up",
        () -> host.run("ip", "-o", "link", "show", "vrrp.51", "up").text().contains("vrrp.51"));
    int seen = adverts.seen(Advert.class).size();
    Await.until(LIMIT, "adverts go on", () -> adverts.seen(Advert.class).size() > seen + 2);
    assertThat(addresses()).contains(VIP);
  }

  @Test
  void aVmacForIpv6HasItEvenWhereNewInterfacesHaveNot() {
    host.nic("eth0", lan, "10.0.0.1/24", "fd10::1/64")
        .sysctl("net.ipv6.conf.default.disable_ipv6=1");
    LabProcess node =
        Speaker.KEEPSTREAM.start(host, CONFIG.replace(VIP + "/24", "fe80::100\nfd10::100/64"));
    node.awaitLine("Entering MASTER STATE", LIMIT);
    Await.until(LIMIT, "the address is there", () -> addresses().contains("fd10::100"));
    assertThat(node.text()).doesNotContain("no source address");
  }

  @Test
  void aTrackedIpv6SourceThatOnlyTheVmacHasIsAFault() {
    host.nic("eth0", lan, "10.0.0.1/24", "fe80::7/64");
    LabProcess node =
        Speaker.KEEPSTREAM.start(
            host,
            CONFIG
                .replace("use_vmac", "use_vmac\n mcast_src_ip fe80::7\n track_src_ip")
                .replace(VIP + "/24", "fe80::100\nfd10::100/64"));
    node.awaitLine("Entering MASTER STATE", LIMIT);
    int lines = node.lines().size();
    host.ip("addr del fe80::7/64 dev eth0");
    node.awaitLine("Entering FAULT STATE .*no interface has the source address", lines, LIMIT);
  }

  @Test
  void aSecondProcessDoesNotTakeWhatTheFirstHas() {
    host.nic("eth0", lan, "10.0.0.1/24");
    LabProcess first = Speaker.KEEPSTREAM.start(host, CONFIG);
    awaitMaster(first, 0);
    String made = host.run("ip", "-o", "link", "show", "vrrp.51").text();
    LabProcess second = Speaker.KEEPSTREAM.start(host, CONFIG);
    second.awaitLine("election already runs in this network namespace", LIMIT);
    assertThat(host.run("ip", "-o", "link", "show", "vrrp.51").text()).isEqualTo(made);
    first.stop();
    awaitMaster(Speaker.KEEPSTREAM.start(host, CONFIG), 0);
  }

  @Test
  void aForeignInterfaceOfTheNameIsLeftAlone() {
    host.nic("eth0", lan, "10.0.0.1/24").ip("link add vrrp.51 type veth peer name other");
    LabProcess node = Speaker.KEEPSTREAM.start(host, CONFIG);
    node.awaitLine("Entering FAULT STATE .*vrrp.51: EEXIST.*another one", LIMIT);
    host.ip("link del vrrp.51");
    awaitMaster(node, 0);
  }

  @Test
  @Proves("VR-059")
  void nothingIsAnnouncedBeforeTheLinkIsUp() {
    host.nic("eth0", lan, "10.0.0.1/24");
    host.unplug("eth0");
    Await.until(LIMIT, "no carrier", () -> links().contains("NO-CARRIER"));
    LabProcess node = Speaker.KEEPSTREAM.start(host, CONFIG);
    node.awaitLine("Entering FAULT STATE .*eth0 is down", LIMIT);
    assertThat(adverts.seen(Arp.class)).isEmpty();
    host.plug("eth0");
    awaitMaster(node, 0);
    adverts.await(Arp.class, arp -> arp.isGratuitous() && arp.sender().equals(VIP), LIMIT);
    assertThat(adverts.seen(Arp.class))
        .filteredOn(arp -> arp.sender().equals(VIP))
        .allMatch(arp -> arp.sourceMac().equals(MAC) && arp.senderMac().equals(MAC));
  }

  @Test
  @Proves("FI-12")
  void aFlapShorterThanTheDelayIsNoFault() {
    host.nic("eth0", lan, "10.0.0.1/24");
    String patient = "interface_up_down_delays {\n eth0 1.5 0.5\n}\n";
    LabProcess node = Speaker.KEEPSTREAM.start(host, patient + CONFIG);
    awaitMaster(node, 0);
    for (int i = 0; i < 10; i++) {
      host.unplug("eth0");
      Await.until(LIMIT, "no carrier", () -> links().contains("NO-CARRIER"));
      host.plug("eth0");
      Await.until(LIMIT, "carrier", () -> !links().contains("NO-CARRIER"));
    }
    int seen = adverts.seen(Advert.class).size();
    Await.until(LIMIT, "the delay is over", () -> adverts.seen(Advert.class).size() > seen + 6);
    assertThat(node.text()).doesNotContain("Entering FAULT STATE");
    assertThat(addresses()).contains(VIP);

    int lines = node.lines().size();
    host.unplug("eth0");
    node.awaitLine("Entering FAULT STATE .*eth0 is down", lines, LIMIT);
    Await.until(LIMIT, "the address is released", () -> !addresses().contains(VIP));
    host.plug("eth0");
    awaitMaster(node, lines);
  }

  @Test
  void aTrackedSourceAddressThatGoesIsAFault() {
    host.nic("eth0", lan, "10.0.0.1/24", "10.0.7.1/24");
    String tracked = "use_vmac\n mcast_src_ip 10.0.7.1\n track_src_ip\n";
    LabProcess node = Speaker.KEEPSTREAM.start(host, CONFIG.replace("use_vmac", tracked));
    awaitMaster(node, 0);
    Await.until(LIMIT, "adverts", () -> !adverts.seen(Advert.class).isEmpty());
    assertThat(adverts.seen(Advert.class)).extracting(Advert::source).containsOnly("10.0.7.1");
    int lines = node.lines().size();
    host.ip("addr del 10.0.7.1/24 dev eth0");
    node.awaitLine(
        "Entering FAULT STATE .*no interface has the source address 10.0.7.1", lines, LIMIT);
    host.ip("addr add 10.0.7.1/24 dev eth0");
    awaitMaster(node, lines);
  }

  private void awaitMaster(LabProcess node, int lines) {
    node.awaitLine("Entering MASTER STATE", lines, LIMIT);
    Await.until(LIMIT, "the address is on the VMAC", () -> addresses().contains(VIP));
  }

  private String addresses() {
    return host.run("ip", "-o", "addr", "show", "dev", "vrrp.51").text();
  }

  private String links() {
    return host.run("ip", "-o", "link").text();
  }

  private String setting(String device) {
    return host.run("sysctl", "-n", "net.ipv4.conf." + device + ".arp_ignore").text().strip();
  }
}
