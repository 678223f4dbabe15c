package io.keepstream.lvs.edge;

import static io.keepstream.lvs.plan.Samples.NAME;
import static io.keepstream.lvs.plan.Samples.alpha;
import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.entry;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent.Removed;
import io.keepstream.contract.event.LvsEvent.DriftRepaired;
import io.keepstream.contract.event.LvsEvent.SyncDaemonStarted;
import io.keepstream.contract.event.LvsEvent.SyncDaemonStopped;
import io.keepstream.contract.event.LvsEvent.TimeoutsSet;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.lab.Await;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.SyncRule;
import io.keepstream.lvs.config.TableOptions;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Counters;
import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.Settings;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.ipvs.Traffic;
import io.keepstream.testkit.Proves;
import io.micrometer.core.instrument.search.RequiredSearch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose the table is, what else is set in it, and what is shown of it. */
class TableOwnershipTest {
  private static final LvsConfig TWO =
      config(pool(new Quorum(1, 0), Optional.empty(), real(1, 1), real(2, 1)));
  private static final ServiceTable BOTH =
      table(entry("10.1.1.1", destination(1, 1), destination(2, 1)));

  private final MemoryTable kernel = new MemoryTable();
  private final Running lvs = new Running();

  @AfterEach
  void close() {
    lvs.close();
  }

  private static LvsConfig with(TableOptions options, VirtualServer... servers) {
    return new LvsConfig(List.of(servers), options, false, OptionalInt.empty());
  }

  private static TableOptions syncing(Optional<String> instance) {
    return new TableOptions(
        false,
        false,
        false,
        new Timeouts(600, 0, 0),
        Optional.of(new SyncRule("eth0", instance, 33, SyncDaemon.Channel.KERNELS)));
  }

  @Test
  @Proves("IP-005")
  void theSyncDaemonFollowsTheInstance() {
    lvs.start(with(syncing(Optional.of("V"))), kernel);
    assertThat(lvs.state().syncDaemons()).as("while nothing is known of it").isEmpty();
    lvs.instance("V", VrrpState.INIT, VrrpState.BACKUP);
    lvs.await(new SyncDaemonStarted("backup", "eth0", 33, "eth0, id 33"));
    lvs.forget();
    lvs.instance("W", VrrpState.BACKUP, VrrpState.MASTER);
    lvs.instance("V", VrrpState.BACKUP, VrrpState.MASTER);
    lvs.await(
        new SyncDaemonStopped("backup", "eth0", 33),
        new SyncDaemonStarted("master", "eth0", 33, "eth0, id 33"));
    assertThat(lvs.state().syncDaemons())
        .containsExactly(new ServiceState.SyncDaemon("master", "eth0", 33, "eth0, id 33"));
    lvs.stop();
    assertThat(kernel.table().settings().daemons()).isEmpty();
  }

  @Test
  void bothDaemonsRunWithoutAnInstanceAndAreStartedAgain() {
    lvs.start(with(syncing(Optional.empty())), kernel);
    assertThat(kernel.table().settings().daemons()).hasSize(2);
    kernel.holding(ServiceTable.EMPTY);
    lvs.awaitEvents(Running.has(DriftRepaired.class), "a repair");
    assertThat(kernel.table().settings().daemons()).hasSize(2);
    lvs.reconfigure(with(TableOptions.DEFAULT));
    assertThat(kernel.table().settings().daemons()).isEmpty();
  }

  @Test
  void timeoutsAreSetAndComeBack() {
    Settings before = new Settings(Map.of(), new Timeouts(900, 120, 300));
    lvs.start(with(syncing(Optional.of("V"))), kernel.holding(ServiceTable.EMPTY.with(before)));
    assertThat(kernel.table().settings().timeouts()).isEqualTo(new Timeouts(600, 120, 300));
    assertThat(lvs.events())
        .contains(new TimeoutsSet("tcp 900 s, tcpfin 120 s, udp 300 s", 600, 120, 300));
    lvs.stop();
    assertThat(kernel.table().settings()).isEqualTo(before);
  }

  @Test
  void aTableOfOursKeepsNothingOfOthers() {
    ServiceTable foreign = table(entry("10.9.9.9", destination(1, 1)));
    TableOptions ours = new TableOptions(true, false, false, Timeouts.UNCHANGED, Optional.empty());
    lvs.start(with(ours, TWO.virtualServers().getFirst()), kernel.holding(foreign));
    assertThat(kernel.table()).isEqualTo(BOTH);
    lvs.forget();
    kernel.holding(
        table(
            entry("10.1.1.1", destination(1, 1), destination(2, 1)),
            entry("10.9.9.9", destination(1, 1))));
    lvs.await(new DriftRepaired(List.of("remove TCP 10.9.9.9:80")));
    assertThat(kernel.table()).isEqualTo(BOTH);
  }

  @Test
  void flushingRemovesOthersOnceAtTheStart() {
    ServiceTable foreign = table(entry("10.9.9.9", destination(1, 1)));
    TableOptions flush = new TableOptions(false, true, false, Timeouts.UNCHANGED, Optional.empty());
    lvs.start(with(flush, TWO.virtualServers().getFirst()), kernel.holding(foreign));
    assertThat(kernel.table()).isEqualTo(BOTH);
    ServiceTable all =
        table(
            entry("10.1.1.1", destination(1, 1), destination(2, 1)),
            entry("10.9.9.9", destination(1, 1)));
    kernel.holding(all);
    int dumps = kernel.dumps();
    Await.until(Running.LIMIT, "two sweeps", () -> kernel.dumps() > dumps + 1);
    assertThat(kernel.table()).isEqualTo(all);
  }

  @Test
  void flushingOnStopLeavesNothing() {
    ServiceTable foreign = table(entry("10.9.9.9", destination(1, 1)));
    TableOptions flush = new TableOptions(false, false, true, Timeouts.UNCHANGED, Optional.empty());
    lvs.start(with(flush, TWO.virtualServers().getFirst()), kernel.holding(foreign));
    assertThat(kernel.table().entries()).hasSize(2);
    lvs.stop();
    assertThat(kernel.table()).isEqualTo(ServiceTable.EMPTY);
  }

  @Test
  void stoppingTriesAgainWhatIsRefused() {
    lvs.start(TWO, kernel);
    kernel.refusingOnce("remove");
    lvs.stop();
    assertThat(kernel.table()).isEqualTo(ServiceTable.EMPTY);
  }

  @Test
  void whatServesAlreadyStaysUntilItsChecksHaveSpoken() {
    LvsConfig config =
        config(pool(new Quorum(1, 0), Optional.empty(), alpha(real(1, 1)), alpha(real(2, 1))));
    ServiceTable one = table(entry("10.1.1.1", destination(1, 1)));
    lvs.start(config, kernel.holding(one));
    assertThat(kernel.applied()).isEmpty();
    lvs.down(backend(1));
    lvs.await(new Removed(backend(1)));
  }

  @Test
  void whatPassesThroughIsShownAndMeasured() {
    Traffic traffic = new Traffic(new Counters(7, 8, 9, 10, 11), new Counters(1, 2, 3, 4, 5));
    kernel.loaded(
        Map.of(
            key("10.1.1.1"),
            new Load(
                traffic,
                Map.of(
                    destination(1, 1).key(),
                    new Load.OfDestination(new Connections(3, 2, 1), traffic)))));
    lvs.start(TWO, kernel.holding(BOTH));
    ServiceState.Lvs state = lvs.state();
    assertThat(state.readMillis()).isLessThan(Running.LIMIT.toMillis());
    ServiceState.VirtualServer server = state.virtualServers().getFirst();
    assertThat(server.traffic().total().connections()).isEqualTo(7);
    assertThat(server.destinations().getFirst().connections())
        .isEqualTo(new ServiceState.Connections(3, 2, 1));
    RequiredSearch of =
        lvs.meters()
            .get("keepstream.lvs.destination.connections.open")
            .tag("real_server", "[10.2.0.1]:tcp:8080")
            .tag("state", "active");
    assertThat(of.gauge().value()).isEqualTo(3);
    assertThat(
            lvs.meters()
                .get("keepstream.lvs.service.bytes")
                .tag("direction", "out")
                .functionCounter()
                .count())
        .isEqualTo(11);
    lvs.reconfigure(LvsConfig.NOTHING);
    lvs.stop();
    assertThat(lvs.meters().getMeters()).isEmpty();
  }

  @Test
  void theSnapshotTellsTheTable() {
    lvs.start(TWO, kernel);
    ServiceState.VirtualServer server = lvs.state().virtualServers().getFirst();
    assertThat(lvs.state().dataplane()).isEqualTo("ipvs");
    assertThat(server.virtualServer()).isEqualTo(NAME);
    assertThat(server.quorum()).isTrue();
    assertThat(server.destinations())
        .containsExactly(
            new ServiceState.Destination("[10.2.0.1]:tcp:8080", 1, "NAT", null, null),
            new ServiceState.Destination("[10.2.0.2]:tcp:8080", 1, "NAT", null, null));
  }
}
