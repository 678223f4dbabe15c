package io.keepstream.lvs.edge;

import static io.keepstream.lvs.edge.DirectorLab.backend;
import static io.keepstream.lvs.edge.DirectorLab.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Instruction.Act;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OperatorEvent.DrainEnded;
import io.keepstream.lab.Await;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.peer.WebSession;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real sessions through nftables while operators drain, weigh, add and remove servers. */
@KernelTest
@Timeout(60)
class NftablesDrainTest {
  private static final String NAT_1 = "10.10.0.11";
  private static final String NAT_2 = "10.10.0.12";
  private static final LvsConfig TWO = config("NAT", "", NAT_1, NAT_2);

  // Each its own, because conntrack remembers those of the test before.
  private final DirectorLab lab = new DirectorLab();
  @TempDir private Path directory;
  private final Running lvs = new Running(new Pace(300, 300, 300));

  @AfterEach
  void close() {
    lvs.close();
    lab.close();
  }

  private WillFile will() {
    return new WillFile(directory.resolve("lvs.json"));
  }

  private void assertNewClientsGoElsewhere() throws IOException {
    assertThat(lab.visits(4)).containsOnly("nat2");
  }

  private DrainEnded awaitEnd() {
    lvs.awaitEvents(Running.has(DrainEnded.class), "the end of the drain");
    return lvs.events().stream()
        .filter(DrainEnded.class::isInstance)
        .map(DrainEnded.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private void awaitOut() {
    Await.until(
        Running.LIMIT,
        "a table without it",
        () -> !lab.nft("list", "ruleset").contains(NAT_1 + " . 80"));
  }

  @Test
  void nobodyIsCutWhileItsSessionLasts() throws IOException {
    lvs.start(TWO, lab.nftables());
    WebSession old = lab.connectionTo("nat1");
    lvs.order(new Act.Drain(NAT_1, true, null));
    assertNewClientsGoElsewhere();
    assertThat(old.ask()).isEqualTo("nat1");
    assertThat(lvs.events()).noneMatch(DrainEnded.class::isInstance);
    old.reset();
    DrainEnded end = awaitEnd();
    assertThat(end.cause()).isEqualTo("empty");
    assertThat(end.cut()).isEqualTo(OpenConnections.NONE);
    awaitOut();
    lvs.order(new Act.Undrain(NAT_1));
    lab.connectionTo("nat1").close();
  }

  /** Unlike with IPVS. */
  @Test
  void whatIsLeftWhenItsTimeIsUpGoesOn() throws IOException {
    lvs.start(TWO, lab.nftables());
    try (WebSession old = lab.connectionTo("nat1")) {
      lvs.order(new Act.Drain(NAT_1, true, null));
      Await.until(
          Running.LIMIT,
          "it is counted",
          () -> lvs.state().overrides().getFirst().drain().open().active() == 1);
      lvs.order(new Act.Drain(NAT_1, true, 100L));
      DrainEnded end = awaitEnd();
      assertThat(end.backend()).isEqualTo(backend(NAT_1));
      assertThat(end.cause()).isEqualTo("max");
      assertThat(end.cut().active()).isEqualTo(1);
      awaitOut();
      assertNewClientsGoElsewhere();
      assertThat(old.ask()).isEqualTo("nat1");
    }
  }

  @Test
  void whoeverDiesIsFollowedByOneThatGoesOnDraining() throws IOException {
    CutOff kernel = new CutOff(lab.nftables());
    lvs.keeping(will()).start(TWO, kernel);
    try (WebSession old = lab.connectionTo("nat1")) {
      lvs.order(new Act.Drain(NAT_1, false, null));
      kernel.after(0);
      try (Running next = new Running(new Pace(300, 300, 300))) {
        next.keeping(will()).start(TWO, lab.nftables());
        assertNewClientsGoElsewhere();
        assertThat(old.ask()).isEqualTo("nat1");
        assertThat(next.state().overrides()).hasSize(1);
        next.order(new Act.Undrain("10.20.0.100:80"));
        assertThat(lab.visits(2)).contains("nat1");
      }
    }
  }

  @Test
  void weightsAndServersChangeAtOnceAndSessionsGoOn() throws IOException {
    lab.behind("nat3", "10.10.0.13");
    lvs.start(DirectorLab.scheduled(TWO, "wrr"), lab.nftables());
    try (WebSession old = lab.connectionTo("nat2")) {
      lvs.order(new Act.Add("10.20.0.100:80", "10.10.0.13:80", 1));
      assertThat(lab.visits(6)).contains("nat1", "nat2", "nat3");
      lvs.order(new Act.Weight(NAT_1, 3));
      assertThat(lab.visits(10)).filteredOn("nat1"::equals).hasSize(6);
      lvs.order(new Act.Remove("10.20.0.100:80", "10.10.0.13:80"));
      lvs.order(new Act.Remove("10.20.0.100:80", NAT_1));
      assertNewClientsGoElsewhere();
      assertThat(old.ask()).isEqualTo("nat2");
    }
  }

  @Test
  void aWholeNodeTakesNoNewClientsAndKeepsItsSessions() throws IOException {
    lvs.start(TWO, lab.nftables());
    try (WebSession old = lab.connectionTo("nat1")) {
      lvs.force(new Act.Drain("node", false, null));
      assertThat(lab.host("client").run("curl", "-s", "-m", "5", "http://10.20.0.100").status())
          .isEqualTo(7);
      assertThat(old.ask()).isEqualTo("nat1");
      lvs.order(new Act.Undrain("node"));
      assertThat(lab.visits(2)).contains("nat1", "nat2");
    }
  }
}
