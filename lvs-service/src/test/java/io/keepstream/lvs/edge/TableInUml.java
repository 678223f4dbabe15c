package io.keepstream.lvs.edge;

import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.service;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.linux.netlink.GenericFamily;
import io.keepstream.linux.netlink.GenericNetlink;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.config.KeepalivedTables;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.IpvsadmFormat;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.Settings;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.Owned;
import io.keepstream.lvs.plan.Plan;
import io.keepstream.lvs.plan.Reconciler;
import io.keepstream.lvs.plan.Situation;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.plan.TableChange.AddDestination;
import io.keepstream.lvs.plan.TableChange.AddService;
import io.keepstream.lvs.plan.TableChange.RemoveDestination;
import io.keepstream.lvs.plan.TableChange.RemoveService;
import io.keepstream.lvs.plan.TableChange.UpdateDestination;
import io.keepstream.lvs.plan.TableChange.UpdateService;
import io.keepstream.lvs.wire.IpvsAnswers;
import io.keepstream.lvs.wire.IpvsRequests;
import io.keepstream.testkit.Proves;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableInUml {
  private static final ServiceKey WEB = key("10.1.1.1");
  private static final VirtualService RR = service(WEB);
  private static final VirtualService WLC =
      new VirtualService(WEB, "wlc", Set.of(), Persistence.none(Family.IPV4));
  private static final Destination ONE = destination(1, 1);

  private final NetlinkIpvsTable table = new NetlinkIpvsTable(new ForeignLibc());

  @BeforeEach
  void clear() {
    Kernel.clear();
  }

  @AfterEach
  void close() {
    table.close();
  }

  /** What is there, whatever holds for all of it. */
  private ServiceTable services() throws IOException {
    return table.dump().table().with(Settings.NONE);
  }

  private void make(ServiceTable desired) throws IOException {
    ServiceTable actual = table.dump().table();
    List<TableChange> changes =
        Reconciler.diff(desired, actual, Owned.services(actual.entries().keySet()));
    assertThat(table.apply(changes)).isEqualTo(new Outcome(changes, List.of(), false));
  }

  @ParameterizedTest(name = "table {0}")
  @MethodSource("io.keepstream.lvs.config.KeepalivedTables#names")
  @Proves("IP-003")
  void whatIsWrittenIsThereAndIsReadBack(String name) throws IOException {
    ServiceTable desired =
        Plan.NOTHING
            .next(
                new Situation(ConfigText.read(KeepalivedTables.config(name)).config(), Map.of()), 0)
            .desired()
            .table();
    make(desired);
    assertThat(Kernel.table()).containsExactlyInAnyOrderElementsOf(IpvsadmFormat.lines(desired));
    assertThat(services()).isEqualTo(desired);
    make(ServiceTable.EMPTY);
    assertThat(Kernel.table()).isEmpty();
  }

  @ParameterizedTest(name = "table {0}")
  @MethodSource("io.keepstream.lvs.config.KeepalivedTables#names")
  void whatIpvsadmWroteIsRead(String name) throws IOException {
    Kernel.restore(KeepalivedTables.table(name));
    assertThat(IpvsadmFormat.lines(services())).containsExactlyInAnyOrderElementsOf(Kernel.table());
  }

  @Test
  void everythingCanBeChangedInPlace() throws IOException {
    make(table(Entry.of(RR, List.of(ONE, destination(2, 3)))));
    Destination direct =
        new Destination(
            new DestinationKey(ONE.key().address(), 8080), 70_000, Forwarding.DIRECT_ROUTE, 9, 4);
    ServiceTable other = table(Entry.of(WLC, List.of(direct, destination(3, 0))));
    make(other);
    assertThat(services()).isEqualTo(other);
    assertThat(Kernel.table()).contains("-a -t 10.1.1.1:80 -r 10.2.0.1:8080 -g -w 70000");
  }

  @Test
  void theKernelsAnswersAreThoseThatAreForgiven() throws IOException {
    List<TableChange> onNothing =
        List.of(
            new RemoveDestination(WEB, ONE.key()),
            new RemoveService(WEB),
            new UpdateService(RR, WLC));
    assertThat(table.apply(onNothing)).isEqualTo(new Outcome(onNothing, List.of(), true));
    List<TableChange> onService =
        List.of(
            new RemoveDestination(WEB, ONE.key()),
            new UpdateDestination(WEB, ONE, destination(1, 5)));
    assertThat(table.apply(onService)).isEqualTo(new Outcome(onService, List.of(), true));
    assertThat(services()).isEqualTo(table(Entry.of(WLC, List.of(destination(1, 5)))));
    assertThat(table.apply(List.of(new AddService(RR), new AddDestination(WEB, ONE))))
        .isEqualTo(
            new Outcome(
                List.of(new AddService(RR), new AddDestination(WEB, ONE)), List.of(), true));
    assertThat(services()).isEqualTo(table(Entry.of(RR, List.of(ONE))));
  }

  @Test
  void theKernelsRefusalsAreTold() throws IOException {
    ServiceKey none = key("10.1.1.9");
    VirtualService unknown =
        new VirtualService(none, "nonesuch", Set.of(), Persistence.none(Family.IPV4));
    Destination odd = new Destination(ONE.key(), 1, Forwarding.MASQUERADE, 1, 2);
    Destination multicast =
        new Destination(
            new DestinationKey(InetAddress.ofLiteral("224.0.0.5"), 80),
            1,
            Forwarding.MASQUERADE,
            0,
            0);
    make(table(Entry.of(RR, List.of())));
    Outcome outcome =
        table.apply(
            List.of(
                new AddService(unknown),
                new AddDestination(none, ONE),
                new AddDestination(WEB, odd),
                new AddDestination(WEB, multicast)));
    assertThat(outcome.failures())
        .map(Outcome.Failure::detail)
        .containsExactly(
            "ENOENT: No such file or directory; load what it lacks with: modprobe -a"
                + " ip_vs_nonesuch",
            "ESRCH: No such process",
            "ERANGE: Numerical result out of range",
            "EINVAL: Invalid argument");
  }

  @Test
  void thousandsOfDestinationsGoInBulk() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<Destination> destinations = new ArrayList<>();
      for (int j = 0; j < 100; j++) {
        InetAddress address = InetAddress.ofLiteral("10.%d.%d.1".formatted(20 + i, j));
        destinations.add(
            new Destination(new DestinationKey(address, 80), 1, Forwarding.MASQUERADE, 0, 0));
      }
      entries.add(Entry.of(service(key("10.1.1." + i)), destinations));
    }
    ServiceTable desired = table(entries.toArray(Entry[]::new));
    long start = System.nanoTime();
    make(desired);
    long written = System.nanoTime();
    assertThat(services()).isEqualTo(desired);
    long read = System.nanoTime();
    assertThat(Kernel.table()).hasSize(2020);
    System.out.printf(
        "2000 destinations of 20 services: written in %d ms, read in %d ms%n",
        TimeUnit.NANOSECONDS.toMillis(written - start),
        TimeUnit.NANOSECONDS.toMillis(read - written));
  }

  @Test
  void infoAndTimeoutsAreUnderstood() throws IOException {
    try (GenericNetlink netlink = GenericNetlink.open(new ForeignLibc())) {
      GenericFamily family = netlink.family("IPVS").orElseThrow();
      IpvsRequests to = new IpvsRequests(family.id());
      assertThat(netlink.socket().get(to.info(), IpvsAnswers::info).getFirst().versionText())
          .isEqualTo("1.2.1");
      assertThat(netlink.socket().transact(to.set(new Timeouts(600, 0, 40))))
          .isEqualTo(new Ack.Done());
      assertThat(netlink.socket().get(to.timeouts(), IpvsAnswers::timeouts))
          .containsExactly(new Timeouts(600, 120, 40));
    }
  }
}
