package io.keepstream.lvs.edge;

import static io.keepstream.lvs.plan.Samples.NAME;
import static io.keepstream.lvs.plan.Samples.alpha;
import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.entry;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static io.keepstream.lvs.plan.Samples.sorry;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent.Added;
import io.keepstream.contract.event.BackendEvent.Removed;
import io.keepstream.contract.event.BackendEvent.WeightChanged;
import io.keepstream.contract.event.BackendEvent.Withdrawn;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.LvsEvent.Available;
import io.keepstream.contract.event.LvsEvent.ChangeFailed;
import io.keepstream.contract.event.LvsEvent.DriftRepaired;
import io.keepstream.contract.event.LvsEvent.Unavailable;
import io.keepstream.contract.event.VirtualServerEvent.QuorumGained;
import io.keepstream.contract.event.VirtualServerEvent.QuorumLost;
import io.keepstream.lab.Await;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.testkit.Proves;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LvsVerticleTest {
  private static final LvsConfig TWO =
      config(pool(new Quorum(1, 0), Optional.empty(), real(1, 1), real(2, 1)));
  private static final ServiceTable BOTH =
      table(entry("10.1.1.1", destination(1, 1), destination(2, 1)));
  private static final QuorumGained GAINED = new QuorumGained(NAME, 1, 2);

  private final MemoryTable kernel = new MemoryTable();
  private final Running lvs = new Running();

  @AfterEach
  void close() {
    lvs.close();
  }

  @Test
  void anEmptyTableIsFilled() {
    lvs.start(TWO, kernel);
    assertThat(kernel.table()).isEqualTo(BOTH);
    assertThat(lvs.events())
        .containsExactly(
            GAINED, new Available(0, 0), new Added(backend(1), 1), new Added(backend(2), 1));
  }

  @Test
  void whatIsRightIsAdoptedUntouched() {
    lvs.start(TWO, kernel.holding(BOTH));
    assertThat(kernel.applied()).isEmpty();
    assertThat(lvs.events()).containsExactly(GAINED, new Available(1, 2));
  }

  @Test
  @Proves("IP-002")
  void theRestIsRepairedAtStart() {
    ServiceTable found =
        table(
            entry("10.1.1.1", destination(1, 3), destination(7, 1)),
            entry("10.9.9.9", destination(1, 1)));
    lvs.start(TWO, kernel.holding(found));
    assertThat(kernel.table())
        .isEqualTo(
            table(
                entry("10.1.1.1", destination(1, 1), destination(2, 1)),
                entry("10.9.9.9", destination(1, 1))));
    assertThat(lvs.events())
        .containsExactlyInAnyOrder(
            GAINED,
            new Available(1, 1),
            new Added(backend(2), 1),
            new WeightChanged(backend(1), 3, 1),
            new Removed(backend(7)));
  }

  @Test
  void verdictsOfARunningHealthServiceComeFirst() {
    lvs.withHealth(Map.of(backend(1), false, backend(2), true)).start(TWO, kernel);
    assertThat(kernel.table()).isEqualTo(table(entry("10.1.1.1", destination(2, 1))));
    assertThat(kernel.applied()).hasSize(1);
  }

  @Test
  void nothingIsTouchedWhileHealthServiceIsAsked() {
    Promise<Void> release = Promise.promise();
    lvs.withHealth(Map.of(backend(1), false, backend(2), true), release.future());
    Future<Object> started = lvs.startSoon(TWO, kernel);
    lvs.up(backend(2));
    assertThat(lvs.events()).isEmpty();
    assertThat(kernel.dumps()).isZero();
    release.complete();
    Running.get(started);
    assertThat(kernel.table()).isEqualTo(table(entry("10.1.1.1", destination(2, 1))));
    assertThat(kernel.applied()).hasSize(1);
    assertThat(lvs.events()).doesNotContain(new Added(backend(1), 1));
  }

  @Test
  void verdictsMoveServersInAndOut() {
    lvs.start(TWO, kernel);
    lvs.down(backend(1));
    lvs.await(new Removed(backend(1)));
    assertThat(kernel.table()).isEqualTo(table(entry("10.1.1.1", destination(2, 1))));
    lvs.forget();
    lvs.up(backend(1));
    lvs.await(new Added(backend(1), 1));
    assertThat(kernel.table()).isEqualTo(BOTH);
  }

  @Test
  void checksMoveWeights() {
    lvs.start(TWO, kernel);
    lvs.up(backend(1));
    lvs.weight(backend(1), 4);
    lvs.await(new WeightChanged(backend(1), 1, 5));
    assertThat(kernel.table())
        .isEqualTo(table(entry("10.1.1.1", destination(1, 5), destination(2, 1))));
  }

  @Test
  void theSorryServerComesAndGoesWithQuorum() {
    LvsConfig config = config(pool(new Quorum(2, 0), sorry(9, false), real(1, 1), real(2, 1)));
    lvs.start(config, kernel);
    lvs.down(backend(2));
    lvs.await(
        new QuorumLost(NAME, 2, 1),
        new Added(backend(9), 1),
        new Removed(backend(1)),
        new Removed(backend(2)));
    assertThat(kernel.applied().getLast().getFirst().toString()).startsWith("add 10.2.0.9");
    lvs.forget();
    lvs.up(backend(2));
    lvs.await(new QuorumGained(NAME, 2, 2), new Removed(backend(9)));
    assertThat(kernel.table()).isEqualTo(BOTH);
  }

  @Test
  void missedEventsAreMadeUpForByASnapshot() {
    Map<BackendRef, Boolean> verdicts = new ConcurrentHashMap<>();
    lvs.withHealth(verdicts).start(TWO, kernel);
    verdicts.putAll(Map.of(backend(1), false, backend(2), true));
    lvs.gap();
    lvs.up(backend(2));
    lvs.await(new Removed(backend(1)));
  }

  @Test
  void handEditsAreRepaired() {
    lvs.start(TWO, kernel);
    lvs.forget();
    kernel.holding(table(entry("10.1.1.1", destination(1, 5))));
    lvs.awaitEvents(events -> !events.isEmpty(), "a repair");
    assertThat(lvs.events())
        .containsExactly(
            new DriftRepaired(
                List.of(
                    "change 10.2.0.1:8080 of TCP 10.1.1.1:80 (NAT, weight 5 to NAT, weight 1)",
                    "add 10.2.0.2:8080 to TCP 10.1.1.1:80 (NAT, weight 1)")));
    assertThat(kernel.table()).isEqualTo(BOTH);
  }

  @Test
  @Proves("IP-002")
  void aSurpriseIsLookedInto() {
    // The next sweep would find the same.
    try (Running patient = new Running(new Pace(600_000, 600_000, 500))) {
      patient.start(TWO, kernel);
      kernel.holding(ServiceTable.EMPTY);
      kernel.surprise();
      patient.down(backend(1));
      patient.awaitEvents(Running.has(DriftRepaired.class), "a repair");
      assertThat(kernel.table()).isEqualTo(table(entry("10.1.1.1", destination(2, 1))));
    }
  }

  @Test
  @Proves("IP-006")
  void withoutATableVerdictsStillCount() {
    lvs.start(TWO, kernel.unavailable("load it with: modprobe ip_vs"));
    lvs.down(backend(1));
    lvs.down(backend(2));
    lvs.await(new QuorumLost(NAME, 1, 0));
    assertThat(lvs.state().dataplane()).isEqualTo("none");
    assertThat(unavailables()).hasSize(1);
    lvs.up(backend(2));
    lvs.await(new QuorumGained(NAME, 1, 1));
    kernel.unavailable("");
    lvs.await(new Available(0, 0), new Added(backend(2), 1));
    assertThat(kernel.table()).isEqualTo(table(entry("10.1.1.1", destination(2, 1))));
    assertThat(unavailables()).hasSize(1);
    kernel.unavailable("gone");
    lvs.await(new Unavailable("gone"));
    assertThat(lvs.state().dataplane()).isEqualTo("none");
  }

  private List<Event> unavailables() {
    return lvs.events().stream().filter(Unavailable.class::isInstance).toList();
  }

  @Test
  void aTableIsLookedForAgainWhenThereIsSomethingToPutIntoIt() {
    lvs.start(TWO, kernel.unavailable("not there"));
    lvs.reconfigure(LvsConfig.NOTHING);
    kernel.unavailable("");
    lvs.reconfigure(TWO);
    lvs.await(new Available(0, 0));
    assertThat(unavailables()).hasSize(1);
  }

  @Test
  void aRefusedChangeIsToldOnceAndTriedAgain() {
    kernel.refusing("10.2.0.2");
    lvs.start(TWO, kernel);
    int attempts = kernel.applied().size();
    Await.until(Running.LIMIT, "more attempts", () -> kernel.applied().size() > attempts + 3);
    Event told =
        new ChangeFailed(
            "add 10.2.0.2:8080 to TCP 10.1.1.1:80 (NAT, weight 1)", "EINVAL: Invalid argument");
    assertThat(lvs.events())
        .containsExactly(GAINED, new Available(0, 0), new Added(backend(1), 1), told);
    kernel.refusing("");
    lvs.await(new Added(backend(2), 1));
    assertThat(lvs.events()).noneMatch(DriftRepaired.class::isInstance);
  }

  @Test
  void aServiceThatIsRefusedIsToldWithoutItsServers() {
    lvs.start(TWO, kernel.refusing("10.1.1.1"));
    assertThat(lvs.events())
        .filteredOn(ChangeFailed.class::isInstance)
        .containsExactly(new ChangeFailed("add TCP 10.1.1.1:80 (rr)", "EINVAL: Invalid argument"));
  }

  @Test
  @Proves("IP-002")
  void reloadTouchesOnlyWhatDiffers() {
    lvs.start(TWO, kernel);
    lvs.forget();
    lvs.reconfigure(TWO);
    assertThat(kernel.applied()).hasSize(1);
    lvs.reconfigure(config(pool(new Quorum(1, 0), Optional.empty(), real(2, 4), real(3, 1))));
    assertThat(lvs.events())
        .containsExactly(
            new Withdrawn(backend(1), "reload"),
            new WeightChanged(backend(2), 1, 4),
            new Added(backend(3), 1),
            new Removed(backend(1)));
    lvs.reconfigure(LvsConfig.NOTHING);
    assertThat(kernel.table()).isEqualTo(ServiceTable.EMPTY);
  }

  @Test
  void virtualServersMayGoAndComeBack() {
    lvs.start(TWO, kernel);
    lvs.reconfigure(LvsConfig.NOTHING);
    lvs.reconfigure(TWO);
    assertThat(kernel.table()).isEqualTo(BOTH);
    kernel.holding(ServiceTable.EMPTY);
    lvs.awaitEvents(Running.has(DriftRepaired.class), "a repair");
    assertThat(lvs.events()).containsOnlyOnce(new Available(0, 0));
  }

  @Test
  void reloadKeepsVerdicts() {
    lvs.start(TWO, kernel);
    lvs.down(backend(1));
    lvs.await(new Removed(backend(1)));
    lvs.reconfigure(
        config(pool(new Quorum(1, 0), Optional.empty(), real(1, 1), real(2, 1), real(3, 1))));
    assertThat(kernel.table())
        .isEqualTo(table(entry("10.1.1.1", destination(2, 1), destination(3, 1))));
  }

  @Test
  void aServerThatWasDownMayComeBackGood() {
    Map<BackendRef, Boolean> verdicts = new ConcurrentHashMap<>();
    verdicts.putAll(Map.of(backend(1), false, backend(2), true));
    lvs.withHealth(verdicts).start(TWO, kernel);
    verdicts.remove(backend(1));
    lvs.reconfigure(config(pool(new Quorum(1, 0), Optional.empty(), real(2, 1))));
    verdicts.put(backend(1), true);
    lvs.reconfigure(TWO);
    assertThat(kernel.table()).isEqualTo(BOTH);
  }

  @Test
  void aServerThatWasUpMayComeBackDead() {
    Map<BackendRef, Boolean> verdicts = new ConcurrentHashMap<>();
    verdicts.putAll(Map.of(backend(1), true, backend(2), true));
    lvs.withHealth(verdicts).start(TWO, kernel);
    verdicts.remove(backend(1));
    LvsConfig one = config(pool(new Quorum(1, 0), Optional.empty(), real(2, 1)));
    lvs.reconfigure(one);
    verdicts.put(backend(1), false);
    lvs.reconfigure(
        config(pool(new Quorum(1, 0), Optional.empty(), alpha(real(1, 1)), real(2, 1))));
    assertThat(kernel.table()).isEqualTo(table(entry("10.1.1.1", destination(2, 1))));
    assertThat(lvs.events()).containsOnlyOnce(new Added(backend(1), 1));
  }

  @Test
  void stoppingLeavesOnlyWhatIsNotOurs() {
    ServiceTable foreign = table(entry("10.9.9.9", destination(1, 1)));
    lvs.start(TWO, kernel.holding(foreign));
    lvs.forget();
    lvs.stop();
    assertThat(kernel.table()).isEqualTo(foreign);
    assertThat(kernel.closed()).isTrue();
    assertThat(lvs.events()).containsExactly(new Removed(backend(1)), new Removed(backend(2)));
  }

  @Test
  void withoutVirtualServersTheKernelIsLeftAlone() {
    lvs.start(LvsConfig.NOTHING, kernel.unavailable("not there"));
    assertThat(lvs.events()).isEmpty();
    assertThat(lvs.state().virtualServers()).isEmpty();
    assertThat(kernel.dumps()).isZero();
    assertThat(kernel.applied()).isEmpty();
  }

  @Test
  void whatHappensDuringAnAttemptIsDoneInOne() throws InterruptedException {
    lvs.start(TWO, kernel);
    CountDownLatch gate = kernel.hold();
    lvs.down(backend(1));
    Await.until(Running.LIMIT, "the attempt", () -> kernel.applied().size() == 2);
    for (int i = 0; i < 50; i++) {
      lvs.up(backend(1));
      lvs.down(backend(1));
    }
    lvs.down(backend(2));
    lvs.await(new QuorumLost(NAME, 1, 0));
    gate.countDown();
    lvs.await(new Removed(backend(2)));
    assertThat(kernel.applied().stream().mapToInt(Collection::size)).containsExactly(3, 1, 1);
  }
}
