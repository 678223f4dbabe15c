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
import io.keepstream.testkit.witness.Sighting;
import io.keepstream.testkit.witness.Sighting.Advert;
import io.keepstream.testkit.witness.Sighting.Arp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes and what may go wrong between them, in short forms. Node 1 has the higher priority; an
 * advert is due every 300 ms, so a BACKUP waits about a second.
 */
@KernelTest(tools = {"keepalived", "tcpdump", "tshark", "ping"})
class FaultExperimentsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration INTERVAL = Duration.ofMillis(300);
  private static final String VIP = "10.0.0.100";
  private static final Pattern LLADDR = Pattern.compile("lladdr (\\S+)");
  private static final int ABOVE = 150;
  private static final int BELOW = 100;

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost host1;
  private LabHost host2;
  private LabHost client;
  private Adverts witness;
  private Node node1;
  private Node node2;
  private Instant began;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    host1 = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
    host2 = lab.host("node2").nic("eth0", lan, "10.0.0.2/24");
    client = lab.host("client").nic("eth0", lan, "10.0.0.9/24");
    witness = Adverts.on(lan);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  @Proves("FI-01")
  void lossAloneIsNoReasonToTakeOver() {
    start(Speaker.KEEPALIVED, "", Speaker.KEEPSTREAM, "higher_prio_send_advert off");
    Adverts atNode2 = Adverts.on(host2, "eth0");
    lan.lose(host1, host2, 40);
    awaitAdverts(ABOVE, 40);
    lan.heal();
    awaitOwner(node1, node2);
    List<Advert> seen = atNode2.seen(Advert.class);
    Duration longest = Duration.ZERO;
    for (int i = 1; i < seen.size(); i++) {
      Advert before = seen.get(i - 1);
      Duration silence = Duration.between(before.at(), seen.get(i).at());
      longest = silence.compareTo(longest) > 0 ? silence : longest;
      if (before.priority() == ABOVE && seen.get(i).priority() == BELOW) {
        assertThat(silence).as("silence before a takeover").isGreaterThan(INTERVAL.multipliedBy(3));
      }
    }
    assertThat(longest)
        .as("adverts were lost")
        .isGreaterThan(INTERVAL.multipliedBy(3).dividedBy(2));
  }

  @ParameterizedTest
  @EnumSource(names = {"KEEPSTREAM", "KEEPALIVED"})
  @Proves("FI-02")
  void aMasterThatHearsNothingStaysMaster(Speaker backup) {
    start(Speaker.KEEPSTREAM, "", backup, "");
    lan.lose(host2, host1, 100);
    awaitAdverts(ABOVE, 10);
    assertThat(masters(node1)).isEqualTo(1);
    assertThat(adverts(BELOW)).isZero();
  }

  @Test
  @Proves({"FI-03", "VR-049"})
  void aBackupThatHearsNothingIsAnsweredOncePerIntervalAndSpokenOfOnce() {
    start(Speaker.KEEPSTREAM, "", Speaker.KEEPALIVED, "");
    lan.lose(host1, host2, 100);
    node1.process().awaitLine("Received advert from 10.0.0.2 with lower priority 100", LIMIT);
    long before = adverts(ABOVE);
    awaitAdverts(BELOW, 12);
    long answered = adverts(ABOVE) - before;
    assertThat(answered).as("own beat and answers beside 12").isLessThanOrEqualTo(2 * 12 + 2);
    lan.heal();
    awaitOwner(node1, node2);
    node1.process().awaitLine("the conflict with 10.0.0.2 is over", LIMIT);
    assertThat(node1.process().lines())
        .filteredOn(line -> line.contains("with lower priority"))
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"KEEPSTREAM", "KEEPALIVED"})
  @Proves({"FI-04", "VR-071"})
  void afterAPartitionHostsOnTheLosersSideFindTheWinner(Speaker winner) {
    start(winner, "", Speaker.KEEPSTREAM, "");
    lan.partition(host2, client);
    Await.until(LIMIT, "both sides have a MASTER", () -> node1.has(VIP) && node2.has(VIP));
    client.run("ping", "-c", "1", "-W", "5", VIP).orThrow("ping");
    assertThat(neighbour()).isEqualTo(mac(host2));
    pass(Duration.ofMillis(1500)); // a neighbour entry that is younger is not replaced
    lan.heal();
    Await.until(
        Duration.ofSeconds(3), "the client knows the winner", () -> neighbour().equals(mac(host1)));
    awaitOwner(node1, node2);
  }

  @ParameterizedTest
  @EnumSource(names = {"KEEPSTREAM", "KEEPALIVED"})
  @Proves("FI-05")
  void duplicatedAdvertsChangeNothing(Speaker master) {
    start(master, "", other(master), "");
    String copies =
        """
        table netdev twice {
          chain in {
            type filter hook ingress device port1 priority 0
            ip protocol 112 dup to port2
            ip protocol 112 dup to port2
          }
        }
        """;
    lan.host().run("sh", "-c", "echo '" + copies + "' | nft -f -").orThrow("nft");
    Adverts atNode2 = Adverts.on(host2, "eth0");
    Await.until(LIMIT, "copies arrive", () -> atNode2.seen(Advert.class).size() >= 21);
    awaitOwner(node1, node2);
    assertThat(masters(node1)).isEqualTo(1);
    assertThat(adverts(BELOW)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nopreempt"})
  @Proves("FI-07")
  void aPauseOfOneIntervalIsNotNoticed(String words) {
    start(Speaker.KEEPSTREAM, words, Speaker.KEEPALIVED, words);
    node1.process().pause();
    pass(INTERVAL);
    node1.process().resume();
    awaitAdverts(ABOVE, 5);
    assertThat(adverts(BELOW)).isZero();
    assertThat(masters(node1)).isEqualTo(1);
  }

  @Test
  @Proves({"FI-08", "VR-068"})
  void aMasterThatSleptComesBackWithoutAStorm() {
    start(Speaker.KEEPSTREAM, "", Speaker.KEEPALIVED, "");
    Instant woke = sleepThroughATakeover();
    awaitOwner(node1, node2);
    assertThat(after(woke, Advert.class).filter(advert -> advert.priority() == ABOVE).findFirst())
        .hasValueSatisfying(
            first -> {
              Instant soon = first.at().plus(INTERVAL.dividedBy(2));
              assertThat(after(woke, Advert.class))
                  .filteredOn(each -> each.priority() == ABOVE && each.at().isBefore(soon))
                  .hasSizeLessThanOrEqualTo(2);
            });
    assertThat(after(woke, Arp.class))
        .filteredOn(arp -> arp.isGratuitous() && arp.sourceMac().equals(mac(host1)))
        .filteredOn(arp -> arp.at().isBefore(woke.plusSeconds(3)))
        .hasSizeLessThanOrEqualTo(10);
    node1.process().awaitLine("stalled for", LIMIT);
  }

  @Test
  @Proves({"FI-08", "VR-067"})
  void aMasterThatSleptDoesNotStealTheAddressBackWithoutPreemption() {
    start(Speaker.KEEPSTREAM, "nopreempt", Speaker.KEEPALIVED, "nopreempt");
    Instant woke = sleepThroughATakeover();
    awaitOwner(node2, node1);
    awaitAdverts(BELOW, 5);
    assertThat(after(woke, Sighting.class))
        .filteredOn(seen -> seen.sourceMac().equals(mac(host1)))
        .as("not a word from the node that slept")
        .noneMatch(seen -> seen instanceof Advert || (seen instanceof Arp a && a.isGratuitous()));
    assertThat(node2.has(VIP)).isTrue();
  }

  @Test
  @Proves({"FI-09", "VR-069"})
  void aBackupThatSleptTakesNothingOver() {
    start(Speaker.KEEPALIVED, "", Speaker.KEEPSTREAM, "");
    node2.process().pause();
    awaitAdverts(ABOVE, 8);
    node2.process().resume();
    awaitAdverts(ABOVE, 5);
    assertThat(adverts(BELOW)).isZero();
    assertThat(masters(node2)).isZero();
  }

  @Test
  @Proves("FI-20")
  void twentyReloadsUnderTrafficAreNotNoticed() {
    start(Speaker.KEEPSTREAM, "", Speaker.KEEPALIVED, "");
    LabProcess ping = client.start("ping", "-i", "0.05", "-c", "100", VIP);
    for (int i = 1; i <= 20; i++) {
      node1.process().signal("HUP");
      int reloads = i;
      Await.until(LIMIT, reloads + " reloads", () -> lines(node1, "Reloaded conf") == reloads);
    }
    ping.awaitExit(LIMIT);
    assertThat(ping.text()).contains(" 0% packet loss");
    awaitAdverts(ABOVE, 2);
    assertThat(masters(node1)).isEqualTo(1);
    assertThat(adverts(BELOW)).isZero();
    assertNoGap();

    Instant left = Instant.now();
    node1.stop();
    awaitOwner(node2, node1);
    assertThat(after(left, Advert.class).anyMatch(advert -> advert.priority() == 0)).isTrue();
  }

  @Test
  @Proves("FI-27")
  void aFloodHoldsUpNoAdvert() throws Exception {
    witness.close(); // it would see all of the flood, which goes to node 1 alone
    witness = Adverts.on(host2, "eth0");
    start(Speaker.KEEPSTREAM, "", Speaker.KEEPALIVED, "");
    LabHost stranger = lab.host("stranger").nic("eth0", lan, "10.0.0.66/24");
    Duration howLong = Duration.ofSeconds(3);
    long sent = Flood.send(stranger, "eth0", mac(host1), howLong);
    assertThat(sent).isGreaterThan(20_000 * howLong.toSeconds());
    awaitAdverts(ABOVE, 2);
    assertNoGap();
    assertThat(adverts(BELOW)).isZero();
    assertThat(masters(node1)).isEqualTo(1);
    node1.process().awaitLine("rejected .* advert", LIMIT);
    assertThat(lines(node1, "rejected")).as("lines about the flood").isLessThan(20);
  }

  private void start(Speaker first, String firstWords, Speaker second, String secondWords) {
    node1 = new Node(host1, first, config(ABOVE, firstWords));
    node2 = new Node(host2, second, config(BELOW, secondWords));
    node1.start();
    Await.until(LIMIT, "node1 is MASTER", () -> node1.has(VIP));
    node2.start();
    awaitAdverts(ABOVE, 2);
    began = Instant.now();
  }

  /** Freezes node 1 until node 2 has taken over and said so some times; when node 1 woke. */
  private Instant sleepThroughATakeover() {
    node1.process().pause();
    awaitAdverts(BELOW, 5);
    assertThat(node2.has(VIP)).isTrue();
    Instant woke = Instant.now();
    node1.process().resume();
    return woke;
  }

  private void awaitOwner(Node owner, Node other) {
    Await.until(
        LIMIT, "only " + owner.host() + " has " + VIP, () -> owner.has(VIP) && !other.has(VIP));
  }

  /** Waits for so many more adverts of this priority. */
  private void awaitAdverts(int priority, int more) {
    Instant now = Instant.now();
    Await.until(
        LIMIT,
        more + " adverts of priority " + priority,
        () -> after(now, Advert.class).filter(each -> each.priority() == priority).count() >= more);
  }

  /** How many adverts of this priority there were since both nodes run. */
  private long adverts(int priority) {
    return after(began, Advert.class).filter(each -> each.priority() == priority).count();
  }

  private <T extends Sighting> Stream<T> after(Instant from, Class<T> kind) {
    return witness.seen(kind).stream().filter(seen -> seen.at().isAfter(from));
  }

  /** The MASTER was never silent for so long that anybody could have missed two adverts. */
  private void assertNoGap() {
    List<Advert> beat =
        after(began, Advert.class).filter(each -> each.priority() == ABOVE).toList();
    for (int i = 1; i < beat.size(); i++) {
      assertThat(Duration.between(beat.get(i - 1).at(), beat.get(i).at()))
          .isLessThan(INTERVAL.multipliedBy(2));
    }
  }

  private static long masters(Node node) {
    return lines(node, "Entering MASTER STATE");
  }

  private static long lines(Node node, String text) {
    return node.process().lines().stream().filter(line -> line.contains(text)).count();
  }

  private String neighbour() {
    Matcher entry = LLADDR.matcher(client.run("ip", "neigh", "show", VIP).text());
    return entry.find() ? entry.group(1) : "nobody";
  }

  private static String mac(LabHost host) {
    return host.run("cat", "/sys/class/net/eth0/address").text().strip();
  }

  private static void pass(Duration time) {
    Instant end = Instant.now().plus(time);
    Await.until(LIMIT, time + " pass", () -> Instant.now().isAfter(end));
  }

  private static String config(int priority, String words) {
    return """
    vrrp_instance VI_1 {
        version 3
        interface eth0
        virtual_router_id 51
        advert_int 0.3
        priority %d
        %s
        virtual_ipaddress {
            10.0.0.100
        }
    }
    """
        .formatted(priority, words);
  }

  private static Speaker other(Speaker speaker) {
    return speaker == Speaker.KEEPSTREAM ? Speaker.KEEPALIVED : Speaker.KEEPSTREAM;
  }
}
