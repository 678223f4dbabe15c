package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VrrpEvent.InstanceChanged;
import io.keepstream.contract.event.VrrpEvent.OwnerConflict;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting;
import io.keepstream.testkit.witness.Sighting.Advert;
import io.keepstream.testkit.witness.Sighting.Arp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Address owners, and equals in general, on a real network. */
@KernelTest(tools = {"tcpdump", "tshark", "ping"})
class OwnersOnTheWireTest {
  private static final int STARTED_WITHIN_MILLIS = 300;

  private NamespaceLab lab;
  private LabBridge lan;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  @Proves("VR-032")
  void anOwnerIsMasterAtOnceAndAdvertisesBeforeItAnnounces() {
    LabHost host = host(1);
    awaitForwarding(host, host(9));
    Adverts witness = Adverts.on(lan);
    LabElection owner = LabElection.start(host, config(255, ""));
    InstanceChanged change =
        owner.await(InstanceChanged.class, event -> event.to() == VrrpState.MASTER);
    assertThat(change.from()).isEqualTo(VrrpState.INIT);
    assertThat(change.heldMillis()).isLessThan(STARTED_WITHIN_MILLIS);
    witness.await(Arp.class, Arp::isGratuitous, LabElection.LIMIT);
    Sighting first =
        witness.sightings().stream()
            .filter(seen -> seen instanceof Advert || (seen instanceof Arp arp && announces(arp)))
            .findFirst()
            .orElseThrow();
    assertThat(first)
        .isInstanceOfSatisfying(
            Advert.class, advert -> assertThat(advert.priority()).isEqualTo(255));
  }

  /** A port of the switch that has just come up may lose the first frame. */
  private static void awaitForwarding(LabHost from, LabHost to) {
    Await.until(
        LabElection.LIMIT,
        from + " reaches " + to,
        () -> from.run("ping", "-c", "1", "-W", "1", "10.0.0.9").status() == 0);
  }

  private static boolean announces(Arp arp) {
    return arp.isGratuitous() && arp.sender().equals("10.0.0.100");
  }

  @Test
  @Proves("VR-033")
  void anOwnersOnlyAddressMayBeTheVirtualOneAndIsNeverRemoved() {
    LabHost host = lab.host("node1").nic("eth0", lan, "10.0.0.100/24");
    LabElection owner = LabElection.start(host, config(255, "").replace(".100", ".100/24"));
    owner.awaitState("VI_1", VrrpState.MASTER);
    assertThat(has(host)).isTrue();
    owner.close();
    assertThat(has(host)).isTrue();
  }

  private static boolean has(LabHost host) {
    return host.run("ip", "-o", "addr", "show", "dev", "eth0").text().contains("10.0.0.100/24");
  }

  @Test
  @Proves({"VR-060", "FI-28"})
  void ofTwoOwnersOneYieldsAndTheOtherSaysSo() {
    LabElection low = LabElection.start(host(1), config(255, ""));
    low.awaitState("VI_1", VrrpState.MASTER);
    LabElection high = LabElection.start(host(2), config(255, ""));
    low.awaitState("VI_1", VrrpState.BACKUP);
    OwnerConflict conflict = high.await(OwnerConflict.class, event -> true);
    assertThat(conflict.sender()).isEqualTo("10.0.0.1");
    assertThat(high.counter("VI_1", "ownerConflicts")).isPositive();
    assertThat(high.state("VI_1")).isEqualTo(VrrpState.MASTER);

    high.crash();
    low.awaitState("VI_1", VrrpState.MASTER);
  }

  @Test
  @Proves("VR-060")
  void anOwnerYieldsToOneThatDoesNotHearIt() {
    LabHost deaf = host(1);
    LabHost hears = host(2);
    lan.lose(hears, deaf, 100);
    LabElection rogue = LabElection.start(deaf, config(255, ""));
    LabElection owner = LabElection.start(hears, config(255, ""));
    owner.await(OwnerConflict.class, event -> event.sender().equals("10.0.0.1"));
    owner.awaitState("VI_1", VrrpState.BACKUP);
    rogue.close();
    owner.awaitState("VI_1", VrrpState.MASTER);
  }

  @Test
  void ownersThatIgnoreAdvertsOnlyTell() {
    String deaf = "owner_ignore_adverts";
    LabElection low = LabElection.start(host(1), config(255, deaf));
    LabElection high = LabElection.start(host(2), config(255, deaf));
    low.await(OwnerConflict.class, event -> event.sender().equals("10.0.0.2"));
    high.await(OwnerConflict.class, event -> event.sender().equals("10.0.0.1"));
    assertThat(low.state("VI_1")).isEqualTo(VrrpState.MASTER);
    assertThat(high.state("VI_1")).isEqualTo(VrrpState.MASTER);
  }

  @Test
  @Proves("FI-28")
  void ofThreeEqualsOneIsMaster() {
    Adverts witness = Adverts.on(lan);
    List<LabElection> three =
        Stream.of(host(1), host(2), host(3))
            .map(host -> LabElection.start(host, config(100, "")))
            .toList();
    Await.until(
        LabElection.LIMIT,
        "a MASTER has been heard for a while",
        () -> witness.seen(Advert.class).size() >= 10);
    assertThat(three).filteredOn(each -> each.state("VI_1") == VrrpState.MASTER).hasSize(1);
  }

  private LabHost host(int number) {
    return lab.host("node" + number).nic("eth0", lan, "10.0.0." + number + "/24");
  }

  private static String config(int priority, String words) {
    return """
    vrrp_instance VI_1 {
        version 3
        interface eth0
        virtual_router_id 51
        advert_int 0.2
        priority %d
        %s
        virtual_ipaddress {
            10.0.0.100
        }
    }
    """
        .formatted(priority, words);
  }
}
