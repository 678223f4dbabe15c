package io.keepstream.lvs.edge;

import static io.keepstream.lvs.plan.Samples.NAME;
import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.entry;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Instruction.Act;
import io.keepstream.contract.event.BackendEvent.Added;
import io.keepstream.contract.event.BackendEvent.Removed;
import io.keepstream.contract.event.BackendEvent.WeightChanged;
import io.keepstream.contract.event.OperatorEvent.DrainEnded;
import io.keepstream.contract.event.OperatorEvent.DrainStarted;
import io.keepstream.contract.event.OperatorEvent.OverrideCleared;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.event.VirtualServerEvent.QuorumLost;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.Traffic;
import io.keepstream.lvs.port.WillStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders to a running service, and what is left of them after it. */
class OperatorsTest {
  private static final LvsConfig TWO =
      config(pool(new Quorum(1, 0), Optional.empty(), real(1, 1), real(2, 1)));
  private static final ServiceTable BOTH =
      table(entry("10.1.1.1", destination(1, 1), destination(2, 1)));
  private static final Act DRAIN_1 = new Act.Drain("10.2.0.1:8080", false, null);

  @TempDir private Path directory;
  private final MemoryTable kernel = new MemoryTable();
  private final Running lvs = new Running();

  @AfterEach
  void close() {
    lvs.close();
  }

  private WillFile file() {
    return new WillFile(directory.resolve("state").resolve("lvs.json"));
  }

  private void open(long active) {
    kernel.loaded(
        Map.of(
            key("10.1.1.1"),
            new Load(
                Traffic.NONE,
                Map.of(
                    destination(1, 1).key(),
                    new Load.OfDestination(new Connections(active, 0, 0), Traffic.NONE)))));
  }

  @Test
  void aDrainedServerLeavesWhenItIsEmptyAndComesBack() {
    open(2);
    lvs.start(TWO, kernel);
    assertThat(lvs.order(new Act.Drain("10.2.0.1:8080", true, null)))
        .startsWith(
            "Draining service [10.2.0.1]:tcp:8080 of VS [10.1.1.1]:tcp:80 [by root: a test;")
        .endsWith("; out when empty]\n");
    assertThat(kernel.table())
        .isEqualTo(table(entry("10.1.1.1", destination(1, 0), destination(2, 1))));
    assertThat(lvs.events())
        .contains(new WeightChanged(backend(1), 1, 0))
        .anyMatch(DrainStarted.class::isInstance);
    assertThat(lvs.state().overrides())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.kind()).isEqualTo(OverrideKind.DRAIN);
              assertThat(each.owner()).isEqualTo("root");
            });
    open(0);
    lvs.await(new Removed(backend(1)));
    assertThat(lvs.events())
        .filteredOn(DrainEnded.class::isInstance)
        .extracting(event -> ((DrainEnded) event).cause())
        .containsExactly("empty");
    assertThat(kernel.table()).isEqualTo(table(entry("10.1.1.1", destination(2, 1))));
    lvs.order(new Act.Undrain("10.2.0.1"));
    assertThat(kernel.table().entry(key("10.1.1.1")).orElseThrow().destinations().values())
        .containsExactlyInAnyOrder(destination(1, 1), destination(2, 1));
    assertThat(lvs.state().overrides()).isEmpty();
  }

  @Test
  void whatIsLeftIsCutWhenItsTimeIsUp() {
    open(1);
    lvs.start(TWO, kernel);
    lvs.order(new Act.Drain("10.2.0.1", true, 300L));
    lvs.await(new Removed(backend(1)));
    assertThat(lvs.events())
        .filteredOn(DrainEnded.class::isInstance)
        .singleElement()
        .satisfies(
            ended -> {
              assertThat(((DrainEnded) ended).cause()).isEqualTo("max");
              assertThat(((DrainEnded) ended).cut().active()).isEqualTo(1);
              assertThat(((DrainEnded) ended).heldMillis()).isGreaterThanOrEqualTo(300);
            });
  }

  @Test
  void whatIsCutIsCountedAtTheLastMoment() {
    try (Running slow = new Running(new Pace(60_000, 60_000, 300))) {
      open(5);
      slow.start(TWO, kernel);
      slow.order(new Act.Drain("10.2.0.1", true, 1_500L));
      open(2);
      slow.await(new Removed(backend(1)));
      assertThat(slow.events())
          .filteredOn(DrainEnded.class::isInstance)
          .extracting(event -> ((DrainEnded) event).cut().active())
          .containsExactly(2L);
    }
  }

  @Test
  void theLastServerIsDrainedOnlyByForce() {
    lvs.start(TWO, kernel);
    lvs.order(DRAIN_1);
    Act last = new Act.Drain("10.2.0.2", false, null);
    assertThat(lvs.refusal(last))
        .isEqualTo(
            "it would leave [10.1.1.1]:tcp:80 without a real server for new connections; --force"
                + " does it all the same");
    assertThat(lvs.refusal(new Act.Weight("10.2.0.2", 0))).contains("without a real server");
    assertThat(lvs.refusal(new Act.Remove("10.1.1.1", "10.2.0.2"))).contains("--force");
    assertThat(lvs.events()).noneMatch(QuorumLost.class::isInstance);
    assertThat(lvs.force(last)).contains("warning: this leaves [10.1.1.1]:tcp:80 without");
    assertThat(lvs.events()).contains(new QuorumLost(NAME, 1, 0));
  }

  @Test
  void aWholeNodeIsDrainedWithoutForceWhereOthersAreMaster() {
    Act node = new Act.Drain("node", false, null);
    lvs.keeping(file()).start(TWO, kernel);
    assertThat(lvs.refusal(node))
        .isEqualTo(
            "clients may come here, and it would leave 1 virtual server(s) without a real server"
                + " for new connections; --force does it all the same");
    lvs.instance("V", VrrpState.BACKUP, VrrpState.MASTER);
    assertThat(lvs.refusal(node)).startsWith("this node is MASTER of V, and it would");
    lvs.instance("V", VrrpState.MASTER, VrrpState.BACKUP);
    assertThat(lvs.order(node))
        .startsWith("Draining this node, 2 real server(s) [by root: a test; 0 active")
        .doesNotContain("Draining service");
    assertThat(kernel.table())
        .isEqualTo(table(entry("10.1.1.1", destination(1, 0), destination(2, 0))));
    lvs.stop();
    LvsConfig three =
        config(pool(new Quorum(1, 0), Optional.empty(), real(1, 1), real(2, 1), real(3, 1)));
    try (Running next = new Running()) {
      next.keeping(file()).start(three, kernel);
      assertThat(kernel.table())
          .as("after a restart with one more")
          .isEqualTo(
              table(entry("10.1.1.1", destination(1, 0), destination(2, 0), destination(3, 0))));
      assertThat(next.state().nodeDrain().owner()).isEqualTo("root");
      assertThat(next.state().nodeDrain().left()).isEqualTo(3);
      next.order(new Act.Undrain("node"));
      assertThat(next.state().nodeDrain()).isNull();
      assertThat(kernel.table().entry(key("10.1.1.1")).orElseThrow().destinations().values())
          .allMatch(each -> each.weight() == 1);
    }
  }

  @Test
  void aVerdictAboutADrainedServerChangesNothingForClients() {
    lvs.start(TWO, kernel);
    lvs.order(DRAIN_1);
    lvs.down(backend(1));
    lvs.await(new Removed(backend(1)));
    lvs.up(backend(1));
    lvs.awaitEvents(
        events -> events.contains(new Added(backend(1), 0)), "it is back with weight 0");
  }

  @Test
  void serversAreAddedRemovedAndWeighedAtOnce() {
    lvs.start(TWO, kernel);
    lvs.order(new Act.Add("10.1.1.1:80", "10.2.0.3:8080", 4));
    lvs.order(new Act.Weight("10.2.0.1", 9));
    lvs.order(new Act.Remove("10.1.1.1:80", "10.2.0.2:8080"));
    assertThat(kernel.table())
        .isEqualTo(table(entry("10.1.1.1", destination(1, 9), destination(3, 4))));
  }

  @Test
  void anAddedServerThatIsCheckedServesWhenItsChecksSaySo() {
    lvs.checkingAdditions(false).start(TWO, kernel);
    assertThat(lvs.order(new Act.Add("10.1.1.1:80", "10.2.0.3:8080", 4))).doesNotContain("warning");
    assertThat(kernel.table()).isEqualTo(BOTH);
    lvs.up(backend(3));
    lvs.await(new Added(backend(3), 4));
    lvs.reconfigure(TWO);
    lvs.down(backend(3));
    lvs.await(new Removed(backend(3)));
    lvs.order(new Act.Remove("10.1.1.1", "10.2.0.3:8080"));
    assertThat(kernel.table()).isEqualTo(BOTH);
  }

  @Test
  void anAddedServerServesAtOnceWhereOthersDoToo() {
    lvs.checkingAdditions(true).start(TWO, kernel);
    lvs.order(new Act.Add("10.1.1.1:80", "10.2.0.3:8080", 4));
    lvs.down(backend(3));
    lvs.await(new Removed(backend(3)));
    lvs.order(new Act.Remove("10.1.1.1", "10.2.0.3:8080"));
    lvs.order(new Act.Add("10.1.1.1:80", "10.2.0.3:8080", 4));
    assertThat(kernel.table())
        .as("nothing is known of it from before")
        .isEqualTo(
            table(entry("10.1.1.1", destination(1, 1), destination(2, 1), destination(3, 4))));
  }

  @Test
  void whereNothingChecksAnAddedServerItIsSaid() {
    lvs.start(TWO, kernel);
    assertThat(lvs.order(new Act.Add("10.1.1.1:80", "10.2.0.3:8080", 4)))
        .endsWith("warning: nothing checks it, so it counts as up\n");
  }

  @Test
  void allOfItOutlivesTheProcess() throws IOException {
    lvs.keeping(file()).start(TWO, kernel);
    lvs.order(DRAIN_1);
    lvs.order(new Act.Add("10.1.1.1:80", "10.2.0.3:8080", 4));
    lvs.order(new Act.Weight("10.2.0.2", 9));
    lvs.stop();
    assertThat(Files.getPosixFilePermissions(file().file())).hasSize(2);
    lvs.start(TWO, kernel);
    assertThat(kernel.table())
        .isEqualTo(
            table(entry("10.1.1.1", destination(1, 0), destination(2, 9), destination(3, 4))));
    lvs.forget();
    lvs.reconfigure(config(pool(new Quorum(1, 0), Optional.empty(), real(1, 1), real(2, 5))));
    assertThat(kernel.table())
        .isEqualTo(
            table(entry("10.1.1.1", destination(1, 0), destination(2, 5), destination(3, 4))));
    assertThat(lvs.events())
        .anyMatch(
            event ->
                event instanceof OverrideCleared cleared
                    && cleared.cause().equals("the configuration says weight 5"));
  }

  @Test
  void aFileThatIsNotUnderstoodStopsNobody() throws IOException {
    Files.createDirectories(file().file().getParent());
    Files.writeString(file().file(), "{\"writtenAt\":\"2026-01-01T00:00:00Z\",\"overrides\":[{}]}");
    String kept = Files.readString(file().file());
    lvs.keeping(file()).start(TWO, kernel);
    assertThat(kernel.table().destinationCount()).isEqualTo(2);
    lvs.order(DRAIN_1);
    assertThat(file().load().orElseThrow().overrides()).hasSize(1);
    assertThat(file().file().resolveSibling("lvs.json.bad"))
        .as("what was there before the order")
        .hasContent(kept);
  }

  @Test
  void aSnapshotCanBeTakenWhileWhatOperatorsWantIsRead() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch moment = new CountDownLatch(1);
    Future<Object> started = lvs.keeping(loadedAfter(reading, moment)).startSoon(TWO, kernel);
    try {
      reading.await();
      assertThat(lvs.state().virtualServers()).hasSize(1);
    } finally {
      moment.countDown();
    }
    Running.get(started);
  }

  private static WillStore loadedAfter(CountDownLatch reading, CountDownLatch moment) {
    return new WillStore() {
      @Override
      public Optional<Kept> load() throws IOException {
        reading.countDown();
        try {
          moment.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        return Optional.empty();
      }

      @Override
      public void save(Kept kept) {}

      @Override
      public String setAside() {
        return "nowhere";
      }
    };
  }

  @Test
  void aServerThatIsRemovedKeepsItsVerdictOverAReload() {
    lvs.start(TWO, kernel);
    lvs.order(new Act.Remove("10.1.1.1:80", "10.2.0.2:8080"));
    lvs.down(backend(2));
    lvs.reconfigure(TWO);
    lvs.order(new Act.Add("10.1.1.1:80", "10.2.0.2:8080", 1));
    assertThat(kernel.table()).isEqualTo(table(entry("10.1.1.1", destination(1, 1))));
  }

  @Test
  void whatCannotBeKeptIsDoneAllTheSameAndSaid() throws IOException {
    Path blocked = Files.writeString(directory.resolve("blocked"), "");
    lvs.keeping(new WillFile(blocked.resolve("lvs.json"))).start(TWO, kernel);
    assertThat(lvs.order(DRAIN_1)).contains("warning: this is not kept over a restart");
    assertThat(kernel.table())
        .isEqualTo(table(entry("10.1.1.1", destination(1, 0), destination(2, 1))));
  }
}
