package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tutorial's scenarios on real packets, from the files of {@code examples/} as they are: two of
 * ours, and one of ours with keepalived as the other node, in both roles.
 */
@KernelTest(tools = {"keepalived", "tcpdump", "tshark", "curl", "netstat"})
@Execution(ExecutionMode.CONCURRENT)
class TutorialTest {
  private static final String VIP = "172.32.10.18";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Skew_Time of priority 49 is 809 ms; the rest is for a busy machine. */
  private static final Duration HANDOVER = Duration.ofMillis(1800);

  private NamespaceLab lab;
  private LabHost host1;
  private LabHost host2;
  private LabHost client;
  private Adverts adverts;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    host1 = lab.host("node1").nic("ens192", lan, "192.168.10.11/24", "172.32.10.11/24");
    host2 = lab.host("node2").nic("ens32", lan, "192.168.10.12/24", "172.32.10.12/24");
    client = lab.host("client").nic("eth0", lan, "172.32.10.50/24");
    WebServer.start(host1, 80);
    WebServer.start(host2, 80);
    adverts = Adverts.on(lan);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest(name = "node1 {0}, node2 {1}")
  @CsvSource({"KEEPSTREAM, KEEPSTREAM", "KEEPSTREAM, KEEPALIVED", "KEEPALIVED, KEEPSTREAM"})
  void startStopStartKill(Speaker first, Speaker second) {
    Node node1 = node1(first, "tutorial");
    Node node2 = node2(second, "tutorial");
    node1.start();
    node2.start();
    awaitOwner(node1, node2, VIP);
    assertThat(page()).isEqualTo("node1");

    node1.stop();
    Instant resigned =
        adverts.await(Advert.class, from(host1).and(advert -> advert.priority() == 0), LIMIT).at();
    awaitOwner(node2, node1, VIP);
    Instant taken =
        adverts
            .await(Advert.class, from(host2).and(advert -> advert.at().isAfter(resigned)), LIMIT)
            .at();
    assertThat(Duration.between(resigned, taken)).isLessThan(HANDOVER);
    assertThat(page()).isEqualTo("node2");

    node1.start();
    awaitOwner(node1, node2, VIP);
    assertThat(page()).isEqualTo("node1");

    node1.kill();
    Await.until(LIMIT, "node2 takes over from the dead", () -> node2.has(VIP));
    Await.until(LIMIT, "the client gets node2", () -> page().equals("node2"));

    node1.start();
    awaitOwner(node1, node2, VIP);
    node1.stop();
    node2.stop();
    assertThat(node1.has(VIP) || node2.has(VIP)).as("an address is left behind").isFalse();
    assertThat(adverts.seen(Advert.class)).allMatch(Advert::checksumGood);
  }

  @ParameterizedTest(name = "node1 {0}, node2 {1}, {2} first")
  @CsvSource({
    "KEEPSTREAM, KEEPSTREAM, node1",
    "KEEPSTREAM, KEEPSTREAM, node2",
    "KEEPSTREAM, KEEPALIVED, node1",
    "KEEPSTREAM, KEEPALIVED, node2",
    "KEEPALIVED, KEEPSTREAM, node1",
    "KEEPALIVED, KEEPSTREAM, node2"
  })
  void nopreemptLeavesTheAddressWhereItIs(Speaker first, Speaker second, String starter) {
    Node node1 = node1(first, "nopreempt");
    Node node2 = node2(second, "nopreempt");
    boolean node1First = starter.equals("node1");
    Node early = node1First ? node1 : node2;
    Node late = node1First ? node2 : node1;
    early.start();
    Await.until(LIMIT, "the first one is MASTER alone", () -> early.has(VIP));
    late.start();
    awaitAdvertsWithoutChange(early, late);

    early.stop();
    awaitOwner(late, early, VIP);
    early.start();
    awaitAdvertsWithoutChange(late, early);
  }

  @ParameterizedTest(name = "node1 {0}, node2 {1}")
  @CsvSource({"KEEPSTREAM, KEEPSTREAM", "KEEPSTREAM, KEEPALIVED", "KEEPALIVED, KEEPSTREAM"})
  void aScriptMovesTheAddress(Speaker first, Speaker second) throws IOException {
    String vip = "192.168.20.111";
    Node node1 = node1(first, "track-script");
    Node node2 = node2(second, "track-script");
    listenOn9443(host2);
    ServerSocket haproxy = listenOn9443(host1);
    node1.start();
    node2.start();
    awaitOwner(node1, node2, vip);
    adverts.await(Advert.class, from(host1).and(advert -> advert.priority() == 150), LIMIT);

    haproxy.close();
    awaitOwner(node2, node1, vip);
    adverts.await(Advert.class, from(host2).and(advert -> advert.priority() == 140), LIMIT);

    listenOn9443(host1);
    awaitOwner(node1, node2, vip);
  }

  /** Six more adverts of the owner, that is, longer than any Master_Down_Interval here. */
  private void awaitAdvertsWithoutChange(Node owner, Node other) {
    long before = adverts.seen(Advert.class).stream().filter(from(owner.host())).count();
    Await.until(
        LIMIT,
        "six more adverts of " + owner.host(),
        () -> adverts.seen(Advert.class).stream().filter(from(owner.host())).count() >= before + 6);
    assertThat(owner.has(VIP)).isTrue();
    assertThat(other.has(VIP)).isFalse();
    assertThat(page()).isEqualTo(owner.host().name());
  }

  private static void awaitOwner(Node owner, Node other, String vip) {
    Await.until(
        LIMIT, "only " + owner.host() + " has " + vip, () -> owner.has(vip) && !other.has(vip));
  }

  private String page() {
    return client.run("curl", "-s", "-m", "2", "http://" + VIP + "/").text().strip();
  }

  private static Predicate<Advert> from(LabHost host) {
    String source = host.name().equals("node1") ? "192.168.10.11" : "192.168.10.12";
    return advert -> advert.source().equals(source);
  }

  private ServerSocket listenOn9443(LabHost host) {
    return lab.own(host.inside(() -> new ServerSocket(9443)));
  }

  private Node node1(Speaker speaker, String example) {
    return new Node(host1, speaker, example(speaker, example, "node1.conf"));
  }

  private Node node2(Speaker speaker, String example) {
    return new Node(host2, speaker, example(speaker, example, "node2.conf"));
  }

  /** The hosts serve by themselves, so nobody stands in for the IPVS that this kernel has not. */
  private static String example(Speaker speaker, String folder, String file) {
    String ours = speaker == Speaker.KEEPSTREAM ? "\nglobal_defs {\n  dataplane ipvs\n}\n" : "";
    try {
      return Files.readString(Path.of("..", "examples", folder, file)) + ours;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
