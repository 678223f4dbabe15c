package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.peer.Frr;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FRRouting on the same LAN, and all three programs together. */
@KernelTest(tools = {"vtysh", "keepalived", "tcpdump", "tshark", "ping"})
@Execution(ExecutionMode.CONCURRENT)
class MixedClusterTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int VRID = 51;
  private static final String IPV4 = "10.0.0.100";
  private static final String IPV6 = "fd10::100";
  private static final int HIGH = 200;
  private static final int MIDDLE = 150;
  private static final int LOW = 100;

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost host1;
  private LabHost host2;
  private Adverts adverts;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    host1 = host(1);
    host2 = host(2);
    adverts = Adverts.on(lan);
  }

  private LabHost host(int number) {
    return lab.host("node" + number)
        .nic("eth0", lan, "10.0.0." + number + "/24", "fd10::" + number + "/64");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "3 over IPv6"})
  @Proves("VR-081")
  void frrAboveUsTakesOverAndResigns(String way) {
    Node ours = new Node(host1, Speaker.KEEPSTREAM, ours(way, LOW, ""));
    ours.start();
    Await.until(LIMIT, "we are MASTER alone", () -> ours.has(vip(way)));
    Frr frr = frr(host2, way, HIGH);
    Await.until(LIMIT, "FRR is MASTER", () -> frr.isMaster() && !ours.has(vip(way)));
    ours.process().awaitLine("Entering BACKUP STATE \\[higher priority heard", LIMIT);
    awaitOnly(HIGH);
    frr.stop();
    Await.until(LIMIT, "we are MASTER again", () -> ours.has(vip(way)));
    assertThat(adverts.seen(Advert.class)).extracting(Advert::priority).contains(HIGH, LOW, 0);
    assertThat(adverts.seen(Advert.class)).allMatch(Advert::checksumGood);
    assertThat(ours.process().text()).doesNotContain("rejected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "3 over IPv6"})
  @Proves("VR-081")
  void frrBelowUsYieldsAndTakesOver(String way) {
    Frr frr = frr(host2, way, LOW);
    Await.until(LIMIT, "FRR is MASTER alone", frr::isMaster);
    Node ours = new Node(host1, Speaker.KEEPSTREAM, ours(way, HIGH, ""));
    ours.start();
    Await.until(LIMIT, "FRR yields", () -> ours.has(vip(way)) && !frr.isMaster());
    awaitOnly(HIGH);
    ours.stop();
    Await.until(LIMIT, "FRR is MASTER again", frr::isMaster);
    awaitOnly(LOW);
    assertThat(adverts.seen(Advert.class)).extracting(Advert::priority).contains(HIGH, LOW, 0);
    assertThat(adverts.seen(Advert.class)).allMatch(Advert::checksumGood);
  }

  @Test
  @Proves("FI-29")
  void threeProgramsHaveOneMaster() {
    Node ours = new Node(host1, Speaker.KEEPSTREAM, ours("3", HIGH, ""));
    Node keepalived = new Node(host2, Speaker.KEEPALIVED, ours("3", MIDDLE, ""));
    Frr frr = frr(host(3), "3", LOW);
    keepalived.start();
    ours.start();
    Await.until(LIMIT, "we are MASTER", () -> ours.has(IPV4) && !keepalived.has(IPV4));
    awaitOnly(HIGH);
    ours.kill();
    Await.until(LIMIT, "keepalived is MASTER", () -> keepalived.has(IPV4));
    awaitOnly(MIDDLE);
    keepalived.stop();
    Await.until(LIMIT, "FRR is MASTER", frr::isMaster);
    awaitOnly(LOW);
    ours.start();
    Await.until(LIMIT, "we are MASTER again", () -> !frr.isMaster());
    awaitOnly(HIGH);

    Node stranger = new Node(host(4), Speaker.KEEPSTREAM, ours("3", LOW - 1, "v3_checksum_as_v2"));
    stranger.start();
    stranger.process().awaitLine("rejected .* advert.*checksumErrors", LIMIT);
    ours.process().awaitLine("rejected .* advert.*checksumErrors", LIMIT);
  }

  /** Waits until ten adverts in a row are of this priority. */
  private void awaitOnly(int priority) {
    Instant now = Instant.now();
    Await.until(LIMIT, "only adverts of " + priority, () -> lastTen(now).equals(Set.of(priority)));
  }

  private Set<Integer> lastTen(Instant after) {
    List<Advert> since =
        adverts.seen(Advert.class).stream().filter(each -> each.at().isAfter(after)).toList();
    int skipped = since.size() - 10;
    return skipped < 0
        ? Set.of()
        : since.stream().skip(skipped).map(Advert::priority).collect(Collectors.toSet());
  }

  private static String vip(String way) {
    return way.contains("IPv6") ? IPV6 : IPV4;
  }

  private static Frr frr(LabHost host, String way, int priority) {
    boolean old = way.equals("2");
    return Frr.vrrp(
        host,
        VRID,
        vip(way),
        List.of(
            "version " + (old ? 2 : 3),
            "priority " + priority,
            "advertisement-interval " + (old ? 1000 : 300)));
  }

  private static String ours(String way, int priority, String more) {
    boolean old = way.equals("2");
    return """
    vrrp_instance VI_1 {
        interface eth0
        virtual_router_id %d
        version %d
        priority %d
        advert_int %s
        %s
        virtual_ipaddress {
            %s
        }
    }
    """
        .formatted(VRID, old ? 2 : 3, priority, old ? "1" : "0.3", more, vip(way));
  }
}
