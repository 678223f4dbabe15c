package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What virtual MACs and no_accept do to the kernel's interfaces, settings and filter. */
@KernelTest(tools = {"keepalived", "nft", "sysctl", "ping"})
@Execution(ExecutionMode.CONCURRENT)
class LinkSettingsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String BOTH_FAMILIES =
      """
      global_defs {
          nftables
      }
      vrrp_instance VI_4 {
          interface eth0
          virtual_router_id 51
          version 3
          advert_int 0.3
          use_vmac
          virtual_ipaddress {
              10.0.0.100/24
          }
      }
      vrrp_instance VI_6 {
          interface eth0
          virtual_router_id 52
          version 3
          advert_int 0.3
          use_vmac
          virtual_ipaddress {
              fe80::100
              fd10::100/64
          }
      }
      """;
  private static final String NO_ACCEPT = BOTH_FAMILIES.replace("use_vmac", "no_accept");

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost host;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    host = host("node1", lan);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private LabHost host(String name, LabBridge bridge) {
    return lab.host(name)
        .sysctl("net.ipv4.conf.all.rp_filter=2")
        .nic("eth0", bridge, "10.0.0.1/24", "fd10::1/64");
  }

  @Test
  @Proves({"VR-058", "VR-074"})
  void interfacesAndSettingsAreThoseOfKeepalived() {
    LabHost theirs = host("theirs", lab.bridge("apart"));
    Speaker.KEEPALIVED.start(theirs, BOTH_FAMILIES);
    Speaker.KEEPSTREAM.start(host, BOTH_FAMILIES);
    for (LabHost each : List.of(theirs, host)) {
      Await.until(LIMIT, each + " is MASTER of both", () -> has(each, "10.0.0.100", "fd10::100"));
    }
    List<String> expected = picture(theirs);
    assertThat(picture(host)).isEqualTo(expected);
    // keepalived's hosts learn the wrong MAC when the node asks for them with the virtual address.
    assertThat(settings(host)).contains("net.ipv4.conf.eth0.arp_announce = 2");
    assertThat(expected).anyMatch(line -> line.contains("mode private"));
    assertThat(expected).anyMatch(line -> line.equals("net.ipv4.conf.eth0.arp_ignore = 1"));
    assertThat(host.run("ip", "addr").text()).doesNotContain("fe80::200:5eff:fe00");
  }

  @Test
  @Proves("VR-075")
  void settingsComeBackAfterAStopAndAfterACrash() {
    String global = "global_defs {\n disable_local_igmp\n}\n";
    List<String> before = settings(host);
    Node node = new Node(host, Speaker.KEEPSTREAM, global + BOTH_FAMILIES);
    node.start();
    assertThat(settings(host)).isNotEqualTo(before);
    node.stop();
    assertThat(settings(host)).isEqualTo(before);

    node.start();
    Await.until(LIMIT, "MASTER of both", () -> has(host, "10.0.0.100", "fd10::100"));
    node.kill();
    assertThat(settings(host)).isNotEqualTo(before);
    Node plain = new Node(host, Speaker.KEEPSTREAM, BOTH_FAMILIES.replace("use_vmac", ""));
    plain.start();
    assertThat(settings(host)).isEqualTo(before);
    assertThat(macvlans()).isEmpty();
    plain.stop();

    node.start();
    node.kill();
    node.start();
    Await.until(LIMIT, "MASTER of both", () -> has(host, "10.0.0.100", "fd10::100"));
    node.stop();
    assertThat(settings(host)).isEqualTo(before);
    assertThat(macvlans()).isEmpty();
    assertThat(host.run("nft", "list", "tables").text()).isEmpty();
  }

  @Test
  @Proves("VR-055")
  void withoutAcceptOnlyNeighbourDiscoveryIsAnswered() {
    LabHost client = lab.host("client").nic("eth0", lan, "10.0.0.50/24", "fd10::50/64");
    Node node = new Node(host, Speaker.KEEPSTREAM, NO_ACCEPT);
    node.start();
    Await.until(LIMIT, "MASTER of both", () -> has(host, "10.0.0.100", "fd10::100"));
    for (String vip : List.of("10.0.0.100", "fd10::100", "fe80::100%eth0")) {
      assertThat(pings(client, vip)).as("%s answers", vip).isFalse();
      String address = vip.replace("%eth0", "");
      assertThat(client.run("ip", "neigh", "show", address).text()).contains("lladdr");
    }
    assertThat(pings(client, "10.0.0.1")).isTrue();
    assertThat(pings(client, "fd10::1")).isTrue();
    host.run("nft", "flush", "ruleset");
    node.stop();
    node.start();
    Await.until(LIMIT, "MASTER of both", () -> has(host, "10.0.0.100", "fd10::100"));
    assertThat(pings(client, "10.0.0.100")).isFalse();
    node.kill();

    Node owner =
        new Node(
            host,
            Speaker.KEEPSTREAM,
            NO_ACCEPT.replace("version 3", "version 3\n priority 255").replace("/24", "/32"));
    owner.start();
    Await.until(LIMIT, "an owner answers", () -> pings(client, "10.0.0.100"));
    owner.stop();
    assertThat(host.run("nft", "list", "tables").text()).isEmpty();
  }

  @Test
  void aFilterThatSomebodyRemovesAndASettingThatSomebodyChangesComeBack() {
    LabHost client = lab.host("client").nic("eth0", lan, "10.0.0.50/24", "fd10::50/64");
    Node node =
        new Node(
            host, Speaker.KEEPSTREAM, BOTH_FAMILIES.replace("use_vmac", "use_vmac\nno_accept"));
    node.start();
    Await.until(LIMIT, "MASTER of both", () -> has(host, "10.0.0.100", "fd10::100"));
    host.run("nft", "flush", "ruleset");
    host.sysctl("net.ipv4.conf.eth0.arp_ignore=0");
    Await.until(LIMIT, "no answer", () -> !pings(client, "10.0.0.100"));
    Await.until(
        LIMIT,
        "the setting is back",
        () -> settings(host).contains("net.ipv4.conf.eth0.arp_ignore = 1"));
    assertThat(host.run("nft", "list", "ruleset").text()).contains("igmp", "dup to");
    node.stop();
    assertThat(host.run("nft", "list", "tables").text()).isEmpty();
  }

  @Test
  void theFilterWithoutVirtualMacsDoesNotDuplicate() {
    Node node = new Node(host, Speaker.KEEPSTREAM, NO_ACCEPT);
    node.start();
    Await.until(LIMIT, "MASTER of both", () -> has(host, "10.0.0.100", "fd10::100"));
    String rules = host.run("nft", "list", "ruleset").text();
    assertThat(rules).contains("elements = { 10.0.0.100 }").doesNotContain("dup to");
    node.stop();
  }

  @Test
  void theFilterReadsAsItIsMeant() {
    String named =
        BOTH_FAMILIES
            .replace("nftables", "nftables guard\nnftables_priority 7\nnftables_counters")
            .replace("use_vmac", "use_vmac\nno_accept");
    Node node = new Node(host, Speaker.KEEPSTREAM, named);
    node.start();
    Await.until(LIMIT, "MASTER of both", () -> has(host, "10.0.0.100", "fd10::100"));
    String rules = host.run("nft", "list", "ruleset").text();
    assertThat(rules)
        .contains(
            "table ip guard",
            "table ip6 guard",
            "hook input priority filter + 7",
            "ip daddr @vips counter packets",
            "elements = { \"vrrp.51\" : \"eth0\" }",
            "elements = { 10.0.0.100 }",
            "elements = { fe80::100 . \"vrrp.52\" }",
            "icmpv6 type nd-router-solicit oif @vmac_set");
    node.stop();
  }

  /** Everything but what differs between two hosts anyway, in no order. */
  private static List<String> picture(LabHost host) {
    String base = host.run("ip", "-o", "-6", "addr", "show", "dev", "eth0", "scope", "link").text();
    String linkLocal = base.replaceAll("(?s).*inet6 (fe80\\S+)/.*", "$1");
    Stream<String> links =
        Stream.of("vrrp.51", "vrrp.52")
            .flatMap(
                name ->
                    Stream.of("link", "addr")
                        .flatMap(
                            what -> host.run("ip", "-d", what, "show", "dev", name).text().lines()))
            .map(line -> line.replaceAll("^\\d+: ", "").replace(linkLocal, "BASE").strip())
            .map(line -> line.replaceAll(" proto \\S+", ""));
    Stream<String> settings =
        settings(host).stream().filter(line -> !line.contains("eth0.arp_announce"));
    return Stream.concat(links, settings).sorted().toList();
  }

  private static List<String> settings(LabHost host) {
    return host.run("sysctl", "-a")
        .text()
        .lines()
        .filter(line -> line.matches("net\\.ipv[46]\\.(conf|igmp).*"))
        .filter(line -> !line.contains("stable_secret"))
        .toList();
  }

  private String macvlans() {
    return host.run("ip", "-br", "link", "show", "type", "macvlan").text();
  }

  private static boolean pings(LabHost from, String address) {
    return from.run("ping", "-c", "1", "-W", "1", address).status() == 0;
  }

  private static boolean has(LabHost host, String... addresses) {
    String all = host.run("ip", "-o", "addr").text();
    return Stream.of(addresses).allMatch(all::contains);
  }
}
