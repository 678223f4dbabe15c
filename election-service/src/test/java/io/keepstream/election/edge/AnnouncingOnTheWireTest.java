package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.NodeEvent.StartDelayed;
import io.keepstream.contract.event.VrrpEvent.AdvertsUnsent;
import io.keepstream.contract.event.VrrpEvent.InstanceChanged;
import io.keepstream.contract.event.VrrpEvent.IntervalDoubted;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import io.keepstream.testkit.witness.Sighting.Arp;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When addresses are announced, and that nothing else waits for it, on a real network. */
@KernelTest(tools = {"tcpdump", "tshark"})
class AnnouncingOnTheWireTest {
  private static final Duration BEFORE_SECOND_BURST = Duration.ofSeconds(4);
  private static final String ONE = "10.0.0.100";

  private NamespaceLab lab;
  private LabBridge lan;
  private Adverts witness;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    witness = Adverts.on(lan);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  @Proves("VR-076")
  void twoHundredAddressesKeepTheGapAndAdvertsKeepTheirTime() {
    String paced =
        """
        global_defs {
          vrrp_garp_interval 0.003
          vrrp_garp_master_repeat 2
          vrrp_garp_master_delay 0
        }
        """;
    LabElection.start(host(1), paced + config(200, many(200)));
    awaitGratuitous(400);
    List<Arp> arps = gratuitous();
    assertThat(arps.subList(0, 200)).extracting(Arp::sender).doesNotHaveDuplicates();
    assertThat(arps.subList(200, 400)).extracting(Arp::sender).doesNotHaveDuplicates();
    Duration took = Duration.between(arps.getFirst().at(), arps.getLast().at());
    assertThat(took).isGreaterThan(Duration.ofMillis(1150));
    long adverts =
        witness.seen(Advert.class).stream()
            .filter(advert -> advert.at().isAfter(arps.getFirst().at()))
            .filter(advert -> advert.at().isBefore(arps.getLast().at()))
            .count();
    assertThat(adverts).as("adverts in %s at one per 100 ms", took).isGreaterThanOrEqualTo(9);
  }

  @Test
  void withoutAGapAllRoundsOfAllAddressesGoOutSoon() {
    LabHost host = host(1);
    LabElection election = LabElection.start(host, config(200, many(250)));
    election.await(InstanceChanged.class, event -> event.to() == VrrpState.MASTER);
    Await.until( // the witness may lose some of so many at once, the interface counts all
        BEFORE_SECOND_BURST, "all are sent", () -> sentPackets(host) >= 5 * 250);
  }

  private static long sentPackets(LabHost host) {
    String file = "/sys/class/net/eth0/statistics/tx_packets";
    return Long.parseLong(host.run("cat", file).text().strip());
  }

  @Test
  @Proves("VR-070")
  void whoLeavesMasterAnnouncesNoMore() {
    String paced = "global_defs {\n vrrp_garp_interval 0.02\n}\n";
    LabHost host1 = host(1);
    LabElection first = LabElection.start(host1, paced + config(100, many(200)));
    awaitGratuitous(20);
    LabElection second = LabElection.start(host(2), paced + config(200, many(200)));
    first.awaitState("VI_1", VrrpState.BACKUP);
    second.awaitState("VI_1", VrrpState.MASTER);
    String mac = host1.run("cat", "/sys/class/net/eth0/address").text().strip();
    long before = gratuitousFrom(mac);
    int seen = gratuitous().size();
    awaitGratuitous(seen + 50);
    assertThat(gratuitousFrom(mac))
        .as("one may have been on its way")
        .isBetween(before, before + 1);
  }

  @Test
  @Proves("VR-059")
  void anInterfaceThatComesUpLateIsAnnouncedOnThen() {
    LabBridge late = lab.bridge("late");
    LabHost host = host(1).nic("eth1", late, "10.1.0.1/24");
    host.unplug("eth1");
    Adverts witnessOfLate = Adverts.on(late);
    String patient = "global_defs {\n vrrp_garp_master_delay 2\n}\n";
    LabElection election =
        LabElection.start(host, patient + config(200, ONE + "\n10.1.0.100/24 dev eth1"));
    election.awaitState("VI_1", VrrpState.MASTER);
    awaitGratuitous(5);
    assertThat(witnessOfLate.seen(Arp.class)).noneMatch(AnnouncingOnTheWireTest::isOnLate);
    host.plug("eth1");
    witnessOfLate.await(Arp.class, AnnouncingOnTheWireTest::isOnLate, LabElection.LIMIT);
  }

  private static boolean isOnLate(Arp arp) {
    return arp.isGratuitous() && arp.sender().equals("10.1.0.100");
  }

  @Test
  @Proves("VR-071")
  void aMasterWhoseAdvertsGotNowhereAnnouncesAgainWhenTheyDo() {
    LabHost host = host(1);
    String quiet = "global_defs {\n vrrp_garp_master_delay 0\n}\n";
    LabElection election = LabElection.start(host, quiet + config(200, ONE));
    awaitGratuitous(5);
    String deaf =
        """
        table ip deaf {
          chain out {
            type filter hook output priority 0
            ip protocol 112 drop
          }
        }
        """;
    host.run("sh", "-c", "echo '" + deaf + "' | nft -f -").orThrow("nft");
    election.await(AdvertsUnsent.class, event -> true);
    host.run("nft", "delete", "table", "ip", "deaf").orThrow("nft");
    awaitGratuitous(10);
    assertThat(election.state("VI_1")).isEqualTo(VrrpState.MASTER);
  }

  @Test
  @Proves("VR-085")
  void aForgedIntervalDarkensTheAddressNoLongerThanATakeover() {
    LabElection victim = LabElection.start(host(1), config(100, ONE));
    victim.awaitState("VI_1", VrrpState.MASTER);
    String forged = config(255, ONE).replace("advert_int 0.1", "advert_int 40.95");
    LabElection stranger = LabElection.start(host(66), forged);
    victim.awaitState("VI_1", VrrpState.BACKUP);
    stranger.crash();
    victim.awaitState("VI_1", VrrpState.MASTER);
    IntervalDoubted doubted = victim.await(IntervalDoubted.class, event -> true);
    assertThat(doubted.intervalMillis()).isEqualTo(40_950);
  }

  @Test
  @Proves("VR-085")
  void aMasterThatIsReallySlowIsBelievedWhenItHasRepeatedItself() {
    LabElection quick = LabElection.start(host(1), config(100, ONE));
    quick.awaitState("VI_1", VrrpState.MASTER);
    String slow = config(200, ONE).replace("advert_int 0.1", "advert_int 3");
    LabElection master = LabElection.start(host(2), slow);
    master.awaitState("VI_1", VrrpState.MASTER);
    Await.until(
        LabElection.LIMIT,
        "three of its adverts are heard",
        () -> fromPriority(200) >= 5 && quick.state("VI_1") == VrrpState.BACKUP);
    assertThat(master.state("VI_1")).isEqualTo(VrrpState.MASTER);
    long takeovers =
        quick.events(InstanceChanged.class).stream()
            .filter(event -> event.to() == VrrpState.MASTER)
            .count();
    assertThat(takeovers).isLessThanOrEqualTo(3);
  }

  private long fromPriority(int priority) {
    return witness.seen(Advert.class).stream().filter(a -> a.priority() == priority).count();
  }

  @Test
  @Proves("VR-061")
  void aStartDelayIsSpentInInit() {
    LabElection present = LabElection.start(host(1), config(100, ONE));
    present.awaitState("VI_1", VrrpState.MASTER);
    String delay = "global_defs {\n vrrp_startup_delay 1\n}\n";
    LabElection late = LabElection.start(host(2), delay + config(200, ONE));
    assertThat(late.await(StartDelayed.class, event -> true).millis()).isEqualTo(1000);
    assertThat(late.state("VI_1")).isEqualTo(VrrpState.INIT);
    InstanceChanged first = late.await(InstanceChanged.class, event -> true);
    assertThat(first.to()).isEqualTo(VrrpState.BACKUP);
    assertThat(first.heldMillis()).isGreaterThanOrEqualTo(990);
    late.awaitState("VI_1", VrrpState.MASTER);
  }

  private void awaitGratuitous(int count) {
    Await.until(LabElection.LIMIT, count + " announcements", () -> gratuitous().size() >= count);
  }

  private List<Arp> gratuitous() {
    return witness.seen(Arp.class).stream()
        .filter(arp -> arp.isGratuitous() && arp.sender().startsWith("10."))
        .toList();
  }

  private long gratuitousFrom(String mac) {
    return gratuitous().stream().filter(arp -> arp.sourceMac().equals(mac)).count();
  }

  private LabHost host(int number) {
    return lab.host("node" + number).nic("eth0", lan, "10.0.0." + number + "/24");
  }

  private static String many(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "10.0.1." + i)
        .collect(Collectors.joining("\n"));
  }

  private static String config(int priority, String addresses) {
    return """
    vrrp_instance VI_1 {
        version 3
        interface eth0
        virtual_router_id 51
        advert_int 0.1
        priority %d
        virtual_ipaddress {
            %s
        }
    }
    """
        .formatted(priority, addresses);
  }
}
