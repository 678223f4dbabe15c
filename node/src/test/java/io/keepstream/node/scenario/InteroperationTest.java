package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import io.keepstream.testkit.witness.Sighting.Arp;
import io.keepstream.testkit.witness.Sighting.NeighborAdvertisement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to speak VRRP that there is so far, with keepalived at the other end, in both roles.
 */
@KernelTest(tools = {"keepalived", "tcpdump", "tshark"})
@Execution(ExecutionMode.CONCURRENT)
class InteroperationTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String IPV4 = "10.0.0.100";
  private static final String IPV6 = "fd10::100";

  /** What each way adds to an instance. */
  private static final Map<String, String> WAYS =
      Map.of(
          "version 2", "version 2\n advert_int 1\n" + addresses(IPV4 + "/24"),
          "version 2 with a password",
              "version 2\n advert_int 1\n authentication {\n auth_type PASS\n auth_pass longer than 8\n}\n"
                  + addresses(IPV4 + "/24"),
          "version 2 with an authentication header", headed(""),
          "unicast with an authentication header",
              headed(" unicast_src_ip 10.0.0.US\n unicast_peer {\n 10.0.0.THEM\n}\n"),
          "version 3", "version 3\n advert_int 0.3\n" + addresses(IPV4 + "/24"),
          "version 3 over IPv6",
              "version 3\n advert_int 0.3\n" + addresses("fe80::100/64\n" + IPV6 + "/64"),
          "unicast",
              "version 3\n advert_int 0.3\n unicast_src_ip 10.0.0.US\n unicast_peer {\n 10.0.0.THEM\n}\n"
                  + addresses(IPV4 + "/24"),
          "unicast over IPv6",
              "version 3\n advert_int 0.3\n unicast_src_ip fd10::US\n unicast_peer {\n fd10::THEM\n}\n"
                  + addresses(IPV6 + "/64"));

  private NamespaceLab lab;
  private LabHost host1;
  private LabHost host2;
  private Adverts adverts;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    host1 = lab.host("node1").nic("eth0", lan, "10.0.0.1/24", "fd10::1/64");
    host2 = lab.host("node2").nic("eth0", lan, "10.0.0.2/24", "fd10::2/64");
    adverts = Adverts.on(lan);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  static Stream<Arguments> waysAndRoles() {
    return WAYS.keySet().stream()
        .sorted()
        .flatMap(
            way ->
                Stream.of(
                    Arguments.of(way, Speaker.KEEPSTREAM, Speaker.KEEPALIVED),
                    Arguments.of(way, Speaker.KEEPALIVED, Speaker.KEEPSTREAM)));
  }

  @ParameterizedTest(name = "{0}: {1} above {2}")
  @Proves({"VR-016", "VR-021", "VR-022", "VR-057"})
  @MethodSource("waysAndRoles")
  void theAddressGoesToAndFro(String way, Speaker above, Speaker below) {
    String vip = way.contains("IPv6") ? IPV6 : IPV4;
    Node node1 = new Node(host1, above, config(way, 150, "1", "2"));
    Node node2 = new Node(host2, below, config(way, 100, "2", "1"));
    node2.start();
    Await.until(LIMIT, "node2 is MASTER alone", () -> node2.has(vip));
    node1.start();
    awaitOwner(node1, node2, vip);
    node1.stop();
    awaitOwner(node2, node1, vip);
    node1.start();
    awaitOwner(node1, node2, vip);

    assertThat(adverts.seen(Advert.class)).extracting(Advert::priority).contains(150, 100, 0);
    assertThat(adverts.seen(Advert.class)).allMatch(Advert::checksumGood);
    if (vip.equals(IPV6)) {
      adverts.await(
          NeighborAdvertisement.class,
          na -> na.target().equals(vip) && na.override() && !na.solicited(),
          LIMIT);
    } else {
      adverts.await(Arp.class, arp -> arp.isGratuitous() && arp.sender().equals(vip), LIMIT);
    }
  }

  private static void awaitOwner(Node owner, Node other, String vip) {
    Await.until(
        LIMIT, "only " + owner.host() + " has " + vip, () -> owner.has(vip) && !other.has(vip));
  }

  private static String headed(String words) {
    return "version 2\n advert_int 1\n authentication {\n auth_type AH\n auth_pass secret42\n}\n"
        + words
        + addresses(IPV4 + "/24");
  }

  private static String addresses(String lines) {
    return "virtual_ipaddress {\n" + lines + "\n}\n";
  }

  private static String config(String way, int priority, String us, String them) {
    String words = WAYS.get(way).replace("US", us).replace("THEM", them);
    return "vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 51\n priority "
        + priority
        + "\n"
        + words
        + "}\n";
  }
}
