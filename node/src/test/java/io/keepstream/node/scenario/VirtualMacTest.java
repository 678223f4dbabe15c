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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routers with a virtual MAC, alone and with keepalived at the other end. */
@KernelTest(tools = {"keepalived", "tcpdump", "tshark", "ping"})
@Execution(ExecutionMode.CONCURRENT)
class VirtualMacTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String MAC_4 = "00:00:5e:00:01:33";
  private static final String MAC_6 = "00:00:5e:00:02:33";
  private static final String IPV4 = "10.0.0.100";
  private static final String IPV6 = "fd10::100";

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost host1;
  private LabHost host2;
  private LabHost client;
  private Adverts adverts;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    host1 = lab.host("node1").nic("eth0", lan, "10.0.0.1/24", "fd10::1/64");
    host2 = lab.host("node2").nic("eth0", lan, "10.0.0.2/24", "fd10::2/64");
    client = lab.host("client").nic("eth0", lan, "10.0.0.50/24", "fd10::50/64");
    adverts = Adverts.on(lan);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest(name = "{0}{1}: {2} above {3}")
  @CsvSource({
    "2, '', KEEPSTREAM, KEEPALIVED",
    "2, '', KEEPALIVED, KEEPSTREAM",
    "3, '', KEEPSTREAM, KEEPALIVED",
    "3, '', KEEPALIVED, KEEPSTREAM",
    "6, '', KEEPSTREAM, KEEPALIVED",
    "6, '', KEEPALIVED, KEEPSTREAM",
    "3, vmac_xmit_base, KEEPSTREAM, KEEPALIVED"
  })
  @Proves({"VR-053", "VR-080"})
  void aHostKeepsTheMacWhoeverIsMaster(int way, String more, Speaker above, Speaker below) {
    boolean ipv6 = way == 6;
    String vip = ipv6 ? IPV6 : IPV4;
    String mac = ipv6 ? MAC_6 : MAC_4;
    askWithOwnAddress(above == Speaker.KEEPALIVED ? host1 : host2);
    Node node1 = new Node(host1, above, config(way, 150, more));
    Node node2 = new Node(host2, below, config(way, 100, more));
    node2.start();
    Await.until(LIMIT, "node2 is MASTER alone", () -> node2.has(vip));
    assertThat(macOf(vip)).isEqualTo(mac);

    node1.start();
    awaitOwner(node1, node2, vip);
    assertThat(macOf(vip)).isEqualTo(mac);
    LabProcess pings = client.start("ping", "-i", "0.1", "-c", "60", vip);
    pings.awaitLine("bytes from", LIMIT);
    node1.stop();
    awaitOwner(node2, node1, vip);
    assertThat(pings.awaitExit(LIMIT)).isZero();
    assertThat(received(pings)).as("answers to 60 pings").isGreaterThan(40);
    assertThat(macOf(vip)).isEqualTo(mac);

    assertThat(adverts.seen(Advert.class)).extracting(Advert::priority).contains(150, 100, 0);
    if (more.isEmpty()) {
      assertThat(adverts.seen(Advert.class)).extracting(Advert::sourceMac).containsOnly(mac);
    }
    if (!ipv6) {
      assertThat(adverts.seen(Arp.class))
          .filteredOn(arp -> arp.sender().equals(vip))
          .isNotEmpty()
          .allMatch(arp -> arp.senderMac().equals(mac) && arp.sourceMac().equals(mac));
    }
  }

  @ParameterizedTest
  @CsvSource({"3", "6"})
  void advertsWithTheOwnMacAreHeardWhenOthersLeaveFromTheBase(int way) {
    String vip = way == 6 ? IPV6 : IPV4;
    Node node1 = new Node(host1, Speaker.KEEPSTREAM, config(way, 150, ""));
    Node node2 = new Node(host2, Speaker.KEEPSTREAM, config(way, 100, "vmac_xmit_base"));
    node1.start();
    Await.until(LIMIT, "node1 is MASTER", () -> node1.has(vip));
    node2.start();
    int seen = adverts.seen(Advert.class).size();
    Await.until(LIMIT, "20 adverts", () -> adverts.seen(Advert.class).size() > seen + 20);
    assertThat(node2.has(vip)).isFalse();
    assertThat(adverts.seen(Advert.class)).extracting(Advert::priority).containsOnly(150);

    node1.stop();
    awaitOwner(node2, node1, vip);
    node1.start();
    awaitOwner(node1, node2, vip);
  }

  @Test
  @Proves({"VR-042", "VR-043", "VR-054"})
  void onlyTheMasterForwardsWhatIsSentToTheMac() {
    LabBridge far = lab.bridge("far");
    host2.nic("eth1", far, "10.9.0.1/24").sysctl("net.ipv4.ip_forward=1");
    lab.host("server").nic("eth0", far, "10.9.0.2/24").ip("route add default via 10.9.0.1");
    // All frames to the virtual MAC go to node2, be it MASTER or not.
    lan.host().run("bridge", "fdb", "replace", MAC_4, "dev", "port2", "master", "static", "sticky");
    client.ip(
        "neigh add 10.0.0.77 lladdr " + MAC_4 + " dev eth0",
        "neigh add 10.0.0.100 lladdr " + MAC_4 + " dev eth0",
        "route add 10.9.0.0/24 via 10.0.0.77");
    Node node1 = new Node(host1, Speaker.KEEPSTREAM, config(3, 150, ""));
    Node node2 = new Node(host2, Speaker.KEEPSTREAM, config(3, 100, ""));
    node1.start();
    Await.until(LIMIT, "node1 is MASTER", () -> node1.has(IPV4));
    node2.start();
    assertThat(pings("10.9.0.2")).as("a BACKUP forwards").isFalse();
    assertThat(pings(IPV4)).as("a BACKUP answers").isFalse();

    node1.stop();
    awaitOwner(node2, node1, IPV4);
    Await.until(LIMIT, "the MASTER forwards", () -> pings("10.9.0.2"));
    assertThat(pings(IPV4)).isTrue();
  }

  @Test
  void anAddressElsewhereHasItsOwnMacAndIsAnnouncedThere() {
    LabBridge other = lab.bridge("other");
    host1.nic("eth1", other, "10.5.0.1/24");
    Adverts there = Adverts.on(other);
    Node node =
        new Node(
            host1,
            Speaker.KEEPSTREAM,
            """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                version 3
                advert_int 0.3
                use_vmac_addr
                garp_extra_if 1
                garp_master_delay 0
                garp_master_repeat 1
                virtual_ipaddress {
                    10.0.0.100/24
                    10.5.0.100/24 dev eth1
                }
            }
            """);
    node.start();
    Await.until(
        LIMIT,
        "four announcements from the virtual MAC",
        () ->
            there.seen(Arp.class).stream()
                    .filter(arp -> arp.isGratuitous() && arp.sourceMac().equals(MAC_4))
                    .count()
                >= 4);
    assertThat(host1.run("ip", "-o", "addr", "show", "vrrp.51").text()).contains("10.5.0.100/24");
    assertThat(host1.run("ip", "-o", "addr", "show", "eth0").text()).contains("10.0.0.100/24");
    node.stop();
    assertThat(node.has("10.5.0.100")).isFalse();
  }

  @Test
  void aReloadChangesOnlyWhatChanged() {
    Node node = new Node(host1, Speaker.KEEPSTREAM, config(3, 150, ""));
    node.start();
    Await.until(LIMIT, "MASTER", () -> node.has(IPV4));
    String before = host1.run("ip", "-o", "link", "show", "vrrp.51").text();
    int lines = node.process().lines().size();
    node.reload(
        config(3, 150, "no_accept")
            + config(6, 150, "").replace("VI_1", "VI_6").replace("id 51", "id 61"));
    node.process().awaitLine("Reloaded configuration", lines, LIMIT);
    node.process().awaitLine("\\(VI_6\\) Entering MASTER STATE", LIMIT);
    assertThat(host1.run("ip", "-o", "link", "show", "vrrp.51").text()).isEqualTo(before);
    assertThat(node.process().lines(lines)).noneMatch(line -> line.contains("(VI_1) Entering"));
    assertThat(pings(IPV4)).isFalse();

    lines = node.process().lines().size();
    node.reload(config(3, 150, ""));
    node.process().awaitLine("Reloaded configuration", lines, LIMIT);
    assertThat(host1.run("ip", "-br", "link", "show", "type", "macvlan").text().lines()).hasSize(1);
    Await.until(LIMIT, "the address answers again", () -> pings(IPV4));
  }

  /** Which keepalived leaves to its user, and we do not. */
  private static void askWithOwnAddress(LabHost keepalived) {
    keepalived.sysctl("net.ipv4.conf.eth0.arp_announce=2");
  }

  private boolean pings(String address) {
    return client.run("ping", "-c", "1", "-W", "1", address).status() == 0;
  }

  private static long received(LabProcess pings) {
    return pings.lines().stream().filter(line -> line.contains("bytes from")).count();
  }

  private String macOf(String address) {
    Await.until(LIMIT, address + " answers", () -> pings(address));
    List<String> words =
        Stream.of(client.run("ip", "neigh", "show", address).text().strip().split(" ", -1))
            .toList();
    return words.get(words.indexOf("lladdr") + 1);
  }

  private static void awaitOwner(Node owner, Node other, String vip) {
    Await.until(
        LIMIT, "only " + owner.host() + " has " + vip, () -> owner.has(vip) && !other.has(vip));
  }

  private static String config(int way, int priority, String more) {
    return """
    vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        priority %d
        version %d
        advert_int %s
        use_vmac
        %s
        virtual_ipaddress {
            %s
        }
    }
    """
        .formatted(
            priority,
            way == 2 ? 2 : 3,
            way == 2 ? "1" : "0.3",
            more,
            way == 6 ? "fe80::100/64\n" + IPV6 + "/64" : IPV4 + "/24");
  }
}
