package io.keepstream.lvs.edge;

import static io.keepstream.lvs.edge.DirectorLab.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.LvsEvent.DriftRepaired;
import io.keepstream.lab.Await;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.ipvs.Dataplane;
import io.keepstream.lvs.ipvs.Reading;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.peer.WebSession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the table of nftables beside what is wanted there goes. */
@KernelTest
class NftablesStrangersTest extends NftablesRig {
  private static final LvsConfig TWO = config("NAT", "", NAT_1, NAT_2);
  private static final LvsConfig OTHER =
      read(
          """
          virtual_server 10.20.0.101 80 {
            protocol TCP
            lvs_sched rr
            real_server 10.10.0.11 80 { }
          }
          """);

  /** What there is where the kernel has no IPVS. */
  private Dataplanes withoutIpvs() {
    return new Dataplanes(
        new MemoryTable().unavailable("no IPVS"), lab.nftables(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add chain inet keepstream block { type filter hook input priority 0 ; policy drop ; }",
        "add element inet keepstream protocols { udplite }",
        "add counter inet keepstream mine"
      })
  void whatSomebodyElseAddsGoes(String edit) throws IOException {
    Counted table = new Counted(lab.nftables(), new AtomicInteger());
    lvs.start(TWO, table);
    List<String> right = sorted();
    try (WebSession old = lab.connectionTo("nat2")) {
      lvs.forget();
      lab.nft(edit.split(" "));
      lvs.awaitEvents(Running.has(DriftRepaired.class), "a repair");
      assertThat(sorted()).isEqualTo(right);
      assertThat(old.ask()).isEqualTo("nat2");
    }
    int before = table.dumps().get();
    Await.until(Running.LIMIT, "three more readings", () -> table.dumps().get() > before + 3);
    assertThat(lvs.events()).filteredOn(DriftRepaired.class::isInstance).hasSize(1);
  }

  /** A table that counts its readings. */
  private record Counted(IpvsTable table, AtomicInteger dumps) implements IpvsTable {
    @Override
    public Reading dump() throws IOException {
      dumps.incrementAndGet();
      return table.dump();
    }

    @Override
    public Outcome apply(List<TableChange> changes) throws IOException {
      return table.apply(changes);
    }

    @Override
    public Dataplane dataplane() {
      return table.dataplane();
    }

    @Override
    public void close() {
      table.close();
    }
  }

  /** Before the next sweep, which would call it drift. */
  @Test
  void whatARunBeforeHasLeftGoesWithTheFirstReading() {
    DirectorLab.leave(OTHER, lab.nftables());
    try (Running patient = new Running(PATIENT)) {
      patient.start(TWO, withoutIpvs());
      assertThat(ruleset()).contains("10.20.0.100").doesNotContain("10.20.0.101");
      assertThat(patient.events()).noneMatch(DriftRepaired.class::isInstance);
    }
  }

  @Test
  void itGoesThoughNothingIsWantedAnyMore() {
    DirectorLab.leave(OTHER, lab.nftables());
    lvs.start(LvsConfig.NOTHING, withoutIpvs());
    assertThat(ruleset()).isEmpty();
  }
}
