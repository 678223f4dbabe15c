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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that is short of processor time, or has very much to do at once. */
@KernelTest(tools = {"tcpdump", "tshark"})
class ScarcityTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int INSTANCES = 255;
  private static final int ADDRESSES = 20;

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost host;
  private Adverts adverts;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    host = lab.host("node1").nic("eth0", lan, "10.0.0.1/16");
    adverts = Adverts.on(lan);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  @Proves("FI-10")
  void busyProcessorsAndCollectionsDelayNoAdvertByHalfAnInterval() {
    Duration interval = Duration.ofSeconds(1);
    LabProcess node = Speaker.KEEPSTREAM.start(host, instance(51, "10.1.0.1"));
    node.awaitLine("Entering MASTER STATE", LIMIT);
    int cores = Runtime.getRuntime().availableProcessors();
    List<LabProcess> loops =
        IntStream.range(0, 2 * cores)
            .mapToObj(_ -> host.start("sh", "-c", "while :; do :; done"))
            .toList();
    Instant began = Instant.now();
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (int i = 0; i < 3; i++) {
      host.run(jcmd, Long.toString(node.pid()), "GC.run").orThrow("jcmd");
    }
    Await.until(LIMIT, "eight adverts", () -> since(began).size() >= 8);
    loops.forEach(LabProcess::kill);
    List<Advert> beat = since(began);
    for (int i = 1; i < beat.size(); i++) {
      assertThat(Duration.between(beat.get(i - 1).at(), beat.get(i).at()))
          .isBetween(interval.dividedBy(2), interval.plus(interval.dividedBy(2)));
    }

    node.pause();
    Instant paused = Instant.now();
    Await.until(LIMIT, "a pause", () -> Instant.now().isAfter(paused.plusSeconds(5)));
    node.resume();
    node.awaitLine("election stalled for \\d+ ms", LIMIT);
  }

  @Test
  @Proves("FI-26")
  void manyInstancesStartTogetherAndAreAllInTime() {
    String paced = "global_defs {\n vrrp_garp_master_delay 0\n vrrp_garp_master_repeat 1\n}\n";
    String all =
        IntStream.rangeClosed(1, INSTANCES)
            .mapToObj(vrid -> instance(vrid, addresses(vrid)))
            .collect(Collectors.joining());
    LabProcess node = Speaker.KEEPSTREAM.start(host, paced + all);
    node.awaitLine("Starting|Entering BACKUP", LIMIT);
    Instant began = Instant.now();
    Await.until(LIMIT, "all are MASTER", () -> entered(node) == INSTANCES);
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(15));
    Instant now = Instant.now();
    Await.until(LIMIT, "four rounds", () -> since(now).size() >= 4 * INSTANCES);
    since(now).stream()
        .collect(Collectors.groupingBy(Advert::vrid))
        .values()
        .forEach(ScarcityTest::assertInTime);
    assertThat(host.run("ip", "-o", "-4", "addr", "show", "dev", "eth0").text().lines())
        .hasSize(INSTANCES * ADDRESSES + 1);
    assertThat(node.text()).doesNotContain("could not send");
  }

  private static void assertInTime(List<Advert> beat) {
    assertThat(beat).hasSizeGreaterThanOrEqualTo(3);
    for (int i = 1; i < beat.size(); i++) {
      assertThat(Duration.between(beat.get(i - 1).at(), beat.get(i).at()))
          .isLessThan(Duration.ofMillis(1500));
    }
  }

  private static long entered(LabProcess node) {
    return node.lines().stream().filter(line -> line.contains("Entering MASTER STATE")).count();
  }

  private List<Advert> since(Instant from) {
    return adverts.seen(Advert.class).stream().filter(each -> each.at().isAfter(from)).toList();
  }

  private static String addresses(int vrid) {
    return Stream.iterate(1, i -> i + 1)
        .limit(ADDRESSES)
        .map(i -> "10.2.%d.%d".formatted(vrid, i))
        .collect(Collectors.joining("\n"));
  }

  private static String instance(int vrid, String addresses) {
    return """
    vrrp_instance VI_%d {
        interface eth0
        virtual_router_id %d
        version 3
        advert_int 1
        priority 200
        virtual_ipaddress {
            %s
        }
    }
    """
        .formatted(vrid, vrid, addresses);
  }
}
