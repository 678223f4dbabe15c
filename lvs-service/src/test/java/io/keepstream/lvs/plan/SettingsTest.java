package io.keepstream.lvs.plan;

import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.entry;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.SyncRule;
import io.keepstream.lvs.config.TableOptions;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.Settings;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.SyncDaemon.Channel;
import io.keepstream.lvs.ipvs.SyncDaemon.Role;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.testkit.Proves;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sync daemons and timeouts. */
class SettingsTest {
  private static final SyncRule BOTH = new SyncRule("eth0", Optional.empty(), 7, Channel.KERNELS);
  private static final SyncRule FOLLOWING =
      new SyncRule("eth0", Optional.of("V"), 33, Channel.KERNELS);
  private static final Timeouts KERNELS = new Timeouts(900, 120, 300);

  /** What an instance's state means for the daemons. */
  record Following(String rule, SyncRule sync, Map<String, VrrpState> states, List<Role> roles) {
    @Override
    public String toString() {
      return rule;
    }
  }

  static List<Following> roles() {
    List<Role> backup = List.of(Role.BACKUP);
    return List.of(
        new Following("without an instance both run", BOTH, Map.of(), List.of(Role.values())),
        new Following(
            "MASTER tells", FOLLOWING, Map.of("V", VrrpState.MASTER), List.of(Role.MASTER)),
        new Following("BACKUP hears", FOLLOWING, Map.of("V", VrrpState.BACKUP), backup),
        new Following("FAULT hears", FOLLOWING, Map.of("V", VrrpState.FAULT), backup),
        new Following("INIT hears", FOLLOWING, Map.of("V", VrrpState.INIT), backup),
        new Following("a stopped instance hears", FOLLOWING, Map.of("V", VrrpState.STOP), backup),
        new Following("others do not count", FOLLOWING, Map.of("W", VrrpState.MASTER), List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @Proves("IP-005")
  void roles(Following row) {
    LvsConfig config = config(row.sync(), Timeouts.UNCHANGED);
    Plan plan = Plan.NOTHING.next(new Situation(config, Map.of(), row.states(), Map.of()), 0);
    assertThat(plan.desired().table().settings().daemons().keySet())
        .containsExactlyElementsOf(row.roles());
  }

  private static LvsConfig config(SyncRule sync, Timeouts timeouts) {
    TableOptions options =
        new TableOptions(false, false, false, timeouts, Optional.ofNullable(sync));
    return new LvsConfig(List.of(), options, false, OptionalInt.empty());
  }

  /** What is done about settings. */
  record Row(String rule, Settings desired, Settings actual, Owned owned, List<String> changes) {
    @Override
    public String toString() {
      return rule;
    }
  }

  private static Settings settings(SyncDaemon... daemons) {
    return settings(Timeouts.UNCHANGED, daemons);
  }

  private static Settings settings(Timeouts timeouts, SyncDaemon... daemons) {
    Map<Role, SyncDaemon> byRole = new EnumMap<>(Role.class);
    Arrays.stream(daemons).forEach(each -> byRole.put(each.role(), each));
    return new Settings(byRole, timeouts);
  }

  private static SyncDaemon daemon(Role role, int syncId) {
    return new SyncDaemon(role, "eth0", syncId, Channel.KERNELS);
  }

  /** As the kernel shows one, with everything filled in. */
  private static SyncDaemon running(Role role, int syncId, int maxBytes) {
    return new SyncDaemon(role, "eth0", syncId, new Channel(maxBytes, 8848, 1, Optional.empty()));
  }

  static List<Row> changes() {
    Owned both = new Owned(Set.of(), Set.of(Role.values()), Timeouts.UNCHANGED);
    Owned former = new Owned(Set.of(), Set.of(), new Timeouts(900, 0, 0));
    SyncDaemon thousand =
        new SyncDaemon(Role.BACKUP, "eth0", 7, new Channel(1000, 0, 0, Optional.empty()));
    return List.of(
        new Row(
            "what is not there is started",
            settings(daemon(Role.MASTER, 7)),
            settings(),
            Owned.NOTHING,
            List.of("start sync daemon master (eth0, id 7)")),
        new Row(
            "what the kernel has filled in is right",
            settings(daemon(Role.MASTER, 7)),
            settings(running(Role.MASTER, 7, 1472)),
            Owned.NOTHING,
            List.of()),
        new Row(
            "the least the kernel takes is right",
            settings(thousand),
            settings(running(Role.BACKUP, 7, 1024)),
            Owned.NOTHING,
            List.of()),
        new Row(
            "what differs is started anew",
            settings(daemon(Role.MASTER, 7)),
            settings(daemon(Role.MASTER, 8)),
            Owned.NOTHING,
            List.of(
                "stop sync daemon master (eth0, id 8)", "start sync daemon master (eth0, id 7)")),
        new Row(
            "the other role stops first",
            settings(daemon(Role.MASTER, 7)),
            settings(daemon(Role.BACKUP, 7)),
            both,
            List.of(
                "stop sync daemon backup (eth0, id 7)", "start sync daemon master (eth0, id 7)")),
        new Row(
            "what somebody else started stays",
            settings(),
            settings(daemon(Role.BACKUP, 7)),
            Owned.NOTHING,
            List.of()),
        new Row(
            "what is ours goes",
            settings(),
            settings(daemon(Role.BACKUP, 7)),
            both,
            List.of("stop sync daemon backup (eth0, id 7)")),
        new Row(
            "timeouts that differ are set",
            settings(new Timeouts(600, 0, 300)),
            settings(KERNELS),
            Owned.NOTHING,
            List.of(
                "set timeouts (tcp 900 s, tcpfin 120 s, udp 300 s to tcp 600 s, tcpfin 120 s, udp"
                    + " 300 s)")),
        new Row(
            "timeouts that are not asked for stay",
            settings(),
            settings(KERNELS),
            Owned.NOTHING,
            List.of()),
        new Row(
            "timeouts that are asked for no longer come back",
            settings(),
            settings(new Timeouts(600, 120, 300)),
            former,
            List.of(
                "set timeouts (tcp 600 s, tcpfin 120 s, udp 300 s to tcp 900 s, tcpfin 120 s, udp"
                    + " 300 s)")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void changes(Row row) {
    ServiceTable actual = ServiceTable.EMPTY.with(row.actual());
    List<TableChange> changes =
        Reconciler.diff(ServiceTable.EMPTY.with(row.desired()), actual, row.owned());
    assertThat(changes).map(TableChange::toString).isEqualTo(row.changes());
    ServiceTable after = Reconciler.patched(actual, changes);
    assertThat(Reconciler.diff(ServiceTable.EMPTY.with(row.desired()), after, row.owned()))
        .isEmpty();
  }

  @Test
  void whoeverWantsOneDaemonDecidesAboutBoth() {
    ServiceTable one = ServiceTable.EMPTY.with(settings(daemon(Role.MASTER, 7)));
    Owned owned = Owned.NOTHING.next(one, ServiceTable.EMPTY, one);
    assertThat(owned.daemons()).containsExactlyInAnyOrder(Role.values());
    assertThat(owned.next(ServiceTable.EMPTY, one, one).daemons()).containsExactly(Role.MASTER);
    assertThat(owned.next(ServiceTable.EMPTY, one, ServiceTable.EMPTY).isNothing()).isTrue();
  }

  @Test
  void timeoutsComeBackToWhatTheyWereFirst() {
    ServiceTable first = ServiceTable.EMPTY.with(settings(new Timeouts(600, 0, 0)));
    ServiceTable second = ServiceTable.EMPTY.with(settings(new Timeouts(700, 0, 0)));
    ServiceTable before = ServiceTable.EMPTY.with(settings(KERNELS));
    ServiceTable between = ServiceTable.EMPTY.with(settings(new Timeouts(600, 120, 300)));
    Owned owned = Owned.NOTHING.next(first, before, between).next(second, between, between);
    assertThat(owned.former()).isEqualTo(new Timeouts(900, 0, 0));
  }

  @Test
  void servicesOfOthersAreOwnedOnlyWhenAllAre() {
    ServiceTable actual = table(entry("10.9.9.9", destination(1, 1)));
    assertThat(Reconciler.diff(ServiceTable.EMPTY, actual, Owned.NOTHING)).isEmpty();
    assertThat(Reconciler.diff(ServiceTable.EMPTY, actual, Owned.NOTHING.withServicesOf(actual)))
        .map(TableChange::toString)
        .containsExactly("remove TCP 10.9.9.9:80");
  }
}
