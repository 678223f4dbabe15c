package io.keepstream.election.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.election.announce.Pacing;
import io.keepstream.election.announce.Pacing.Gaps;
import io.keepstream.election.announce.Pacing.Group;
import io.keepstream.election.machine.Precautions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacingReaderTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;

  @Test
  void withoutWordsNothingIsPacedOrDelayed() {
    Reading read = Reading.ofInstance("");
    assertThat(read.config().pacing()).isEqualTo(Pacing.NONE);
    assertThat(read.config().startDelay()).isEqualTo(StartDelay.NONE);
  }

  @Test
  void groupsTakeWhatTheyDoNotSayFromTheGlobalWords() {
    Reading read =
        Reading.of(
            """
            global_defs {
              vrrp_garp_interval 0.001
              vrrp_gna_interval 0.0001
            }
            garp_group {
              garp_interval 0.5
              interface eth0
            }
            garp_group {
              gna_interval 1
              interfaces {
                eth1 eth2
                eth3
              }
            }
            """);
    assertThat(read.problems()).isEmpty();
    Pacing pacing = read.config().pacing();
    assertThat(pacing.each()).isEqualTo(new Gaps(MILLI, MILLI / 10));
    assertThat(pacing.groups())
        .containsExactly(
            new Group(new Gaps(500 * MILLI, MILLI / 10), Set.of("eth0")),
            new Group(new Gaps(MILLI, SECOND), Set.of("eth1", "eth2", "eth3")));
  }

  @Test
  void anInterfaceHasOneGroup() {
    Reading read =
        Reading.of(
            """
            garp_group {
              garp_interval 1
              interface eth0
            }
            garp_group {
              garp_interval 2
              interfaces {
                eth1 eth0
              }
            }
            garp_group {
            }
            """);
    assertThat(read.problems())
        .containsExactly(
            "node.conf:8:10: error: eth0 is already in the garp_group at node.conf:3:13",
            "node.conf:11:1: warning: garp_group names no interface; it has no effect",
            "node.conf:11:1: warning: garp_group sets neither garp_interval nor gna_interval");
  }

  @Test
  void theLongerStartDelayCounts() {
    StartDelay delay =
        Reading.of("global_defs {\n vrrp_startup_delay 2.5\n vrrp_delay_after_boot 60\n}\n")
            .config()
            .startDelay();
    assertThat(delay.remainingNanos(10 * SECOND)).isEqualTo(50 * SECOND);
    assertThat(delay.remainingNanos(59 * SECOND)).isEqualTo(2500 * MILLI);
    assertThat(delay.remainingNanos(Long.MAX_VALUE)).isEqualTo(2500 * MILLI);
    assertThat(StartDelay.NONE.remainingNanos(SECOND)).isZero();
  }

  @Test
  void precautionsAgainstOthers() {
    assertThat(Reading.ofInstance("").instance().machine().precautions())
        .isEqualTo(new Precautions(true, false, 10 * SECOND));
    assertThat(
            Reading.ofInstance(
                    "priority 255\n owner_ignore_adverts\n higher_prio_send_advert off\n"
                        + "max_advert_int 3")
                .instance()
                .machine()
                .precautions())
        .isEqualTo(new Precautions(false, true, 3 * SECOND));
    assertThat(Reading.ofInstance("  owner_ignore_adverts").problems())
        .containsExactly(
            "node.conf:4:3: warning: owner_ignore_adverts has no effect without priority 255");
    assertThat(Reading.ofInstance("advert_int 2\n  max_advert_int 1").problems())
        .containsExactly("node.conf:5:3: error: max_advert_int must not be below advert_int");
  }

  @Test
  void unicastWithoutAPeerFaultsOnlyIfAsked() {
    String noPeer = "unicast_src_ip 10.0.0.1\n unicast_peer {\n}\n";
    assertThat(Reading.ofInstance(noPeer).instance().faults()).isEmpty();
    assertThat(Reading.ofInstance(noPeer + "unicast_fault_no_peer").instance().faults())
        .containsExactly("unicast_peer names no peer");
    assertThat(Reading.ofInstance("unicast_fault_no_peer").instance().faults()).isEmpty();
  }

  @Test
  void addressesThatDoNotFitAreSetButNotAdvertised() {
    Reading read = Reading.of(addresses("fe80::%x/64", 100));
    assertThat(read.instance().addresses()).hasSize(90);
    assertThat(read.instance().excluded()).hasSize(10);
    assertThat(read.instance().excluded().getFirst().text()).isEqualTo("fe80:0:0:0:0:0:0:5b/64");
    assertThat(read.problems())
        .singleElement()
        .asString()
        .contains(":4:1: warning: only 90 of 100 addresses fit into an advert");
    assertThat(Reading.of(addresses("10.0.1.%d", 255)).problems()).isEmpty();
  }

  private static String addresses(String pattern, int count) {
    String lines =
        IntStream.rangeClosed(1, count)
            .mapToObj(pattern::formatted)
            .collect(Collectors.joining("\n"));
    return "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n"
        + lines
        + "\n}\n}\n";
  }
}
