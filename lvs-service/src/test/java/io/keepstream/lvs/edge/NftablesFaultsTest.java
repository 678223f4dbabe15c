package io.keepstream.lvs.edge;

import static io.keepstream.lvs.edge.DirectorLab.backend;
import static io.keepstream.lvs.edge.DirectorLab.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent.Added;
import io.keepstream.contract.event.BackendEvent.Removed;
import io.keepstream.contract.event.BackendEvent.WeightChanged;
import io.keepstream.contract.event.LvsEvent.Available;
import io.keepstream.contract.event.LvsEvent.ChangeFailed;
import io.keepstream.contract.event.LvsEvent.DriftRepaired;
import io.keepstream.lab.Await;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.peer.WebSession;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nftables has, and clients meet, while servers fail, people edit and processes come anew. */
@KernelTest
class NftablesFaultsTest extends NftablesRig {

  @Test
  void aServerThatFailsLeavesAndOthersKeepTheirConnections() throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2, NAT_3), table());
    try (WebSession old = lab.connectionTo("nat2")) {
      lvs.down(backend(NAT_1));
      lvs.await(new Removed(backend(NAT_1)));
      assertThat(lab.visits(4)).containsOnly("nat2", "nat3");
      assertThat(old.ask()).isEqualTo("nat2");
      lvs.up(backend(NAT_1));
      lvs.await(new Added(backend(NAT_1), 1));
      assertThat(lab.visits(3)).contains("nat1");
      assertThat(old.ask()).isEqualTo("nat2");
    }
  }

  @Test
  void aServerThatIsDrainedKeepsItsConnections() throws IOException {
    lvs.start(config("NAT", "inhibit_on_failure", NAT_1, NAT_2), table());
    try (WebSession old = lab.connectionTo("nat1")) {
      lvs.down(backend(NAT_1));
      lvs.await(new WeightChanged(backend(NAT_1), 1, 0));
      assertThat(lab.visits(4)).containsOnly("nat2");
      assertThat(old.ask()).isEqualTo("nat1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flush ruleset",
        "flush chain inet keepstream prerouting",
        "flush chain inet keepstream tcp-10.20.0.100-80",
        "add rule inet keepstream tcp-10.20.0.100-80/10.10.0.11-80 drop",
        "flush map inet keepstream services-port-ipv4",
        "flush set inet keepstream received-port-ipv4",
        "delete table inet keepstream"
      })
  void whatSomebodyElseEditsIsRepaired(String edit) throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2), table());
    List<String> right = sorted();
    try (WebSession old = lab.connectionTo("nat2")) {
      lvs.forget();
      lab.nft(edit.split(" "));
      lvs.awaitEvents(Running.has(DriftRepaired.class), "a repair");
      assertThat(sorted()).isEqualTo(right);
      assertThat(lab.visits(2)).containsExactlyInAnyOrder("nat1", "nat2");
      assertThat(old.ask()).isEqualTo("nat2");
    }
  }

  /** Before the next sweep sees it. */
  @Test
  void whatIsInTheWayOfAChangeGoes() throws IOException {
    try (Running patient = new Running(PATIENT)) {
      patient.start(config("NAT", "", NAT_1, NAT_2), table());
      patient.down(backend(NAT_2));
      patient.await(new Removed(backend(NAT_2)));
      patient.forget();
      String chain = "tcp-10.20.0.100-80/10.10.0.12-80";
      String hook = "{ type filter hook input priority 0 ; }";
      lab.nft("add", "chain", "inet", "keepstream", chain, hook);
      patient.up(backend(NAT_2));
      patient.await(new Added(backend(NAT_2), 1));
      Await.until(
          Running.LIMIT,
          "the chain is there, and no longer somebody else's",
          () -> {
            String there = ruleset();
            return there.contains("chain " + chain) && !there.contains("hook input");
          });
      assertThat(lab.visits(2)).containsExactly("nat1", "nat2");
    }
  }

  @Test
  void whoeverStartsAnewAdoptsWhatIsRight() throws IOException {
    LvsConfig config = config("NAT", "persistence_timeout 300\n lvs_sched sh", NAT_1, NAT_2, NAT_3);
    DirectorLab.leave(config, table());
    String there = ruleset();
    assertThat(there).contains("jhash");
    lvs.start(config, table());
    assertThat(lvs.events()).contains(new Available(1, 3));
    assertThat(ruleset()).isEqualTo(there);
  }

  @Test
  void whatARunBeforeHasLeftGoes() {
    DirectorLab.leave(
        read(
            """
            virtual_server 10.20.0.101 80 {
              protocol TCP
              lvs_sched rr
              real_server 10.10.0.11 80 { }
            }
            """),
        table());
    assertThat(ruleset()).contains("10.20.0.101");
    lvs.start(config("NAT", "", NAT_1), table());
    assertThat(ruleset()).contains("10.20.0.100").doesNotContain("10.20.0.101");
  }

  @Test
  void whatCannotBeDoneIsToldAndHoldsUpNothingElse() throws IOException {
    lvs.start(
        read(
            """
            virtual_server 10.20.0.101 80 {
              protocol TCP
              lvs_sched lc
              real_server 10.10.0.11 80 { }
            }
            virtual_server 10.20.0.100 80 {
              protocol TCP
              lvs_sched rr
              real_server 10.10.0.12 80 { }
              real_server 10.20.0.13 80 {
                lvs_method DR
              }
            }
            """),
        table());
    assertThat(lvs.events())
        .contains(
            new ChangeFailed("add TCP 10.20.0.101:80 (lc)", "nftables cannot do scheduler lc"),
            new ChangeFailed(
                "add 10.20.0.13:80 to TCP 10.20.0.100:80 (DR, weight 1)",
                "nftables cannot do forwarding method DR"));
    assertThat(lab.visits(2)).containsOnly("nat2");
  }
}
