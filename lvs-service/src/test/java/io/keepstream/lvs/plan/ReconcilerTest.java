package io.keepstream.lvs.plan;

import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.entry;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.service;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcilerTest {
  private static final String A = "10.1.1.1";
  private static final String B = "10.1.1.2";
  private static final VirtualService STICKY =
      new VirtualService(key(A), "rr", Set.of(ServiceFlag.PERSISTENT), new Persistence(50, -1, ""));

  record Row(
      String rule,
      ServiceTable desired,
      ServiceTable actual,
      Set<ServiceKey> owned,
      List<String> changes) {
    @Override
    public String toString() {
      return rule;
    }
  }

  private static Row row(
      String rule, ServiceTable desired, ServiceTable actual, String... changes) {
    return new Row(rule, desired, actual, Set.of(), List.of(changes));
  }

  static List<Row> rules() {
    ServiceTable one = table(entry(A, destination(1, 1)));
    Destination direct =
        new Destination(destination(1, 1).key(), 1, Forwarding.DIRECT_ROUTE, 20, 10);
    return List.of(
        row("equal tables need nothing", one, one),
        row(
            "a service comes before its destinations",
            one,
            ServiceTable.EMPTY,
            "add TCP 10.1.1.1:80 (rr)",
            "add 10.2.0.1:8080 to TCP 10.1.1.1:80 (NAT, weight 1)"),
        row(
            "a service is changed in place",
            table(Entry.of(STICKY, List.of(destination(1, 1)))),
            one,
            "change TCP 10.1.1.1:80 (rr to rr, persistent 50 s)"),
        row(
            "adds before removes",
            table(entry(A, destination(2, 1))),
            one,
            "add 10.2.0.2:8080 to TCP 10.1.1.1:80 (NAT, weight 1)",
            "remove 10.2.0.1:8080 from TCP 10.1.1.1:80"),
        row(
            "raises before lowers, whatever the order",
            table(entry(A, destination(1, 0), destination(2, 1))),
            table(entry(A, destination(1, 1), destination(2, 0))),
            "change 10.2.0.2:8080 of TCP 10.1.1.1:80 (NAT, weight 0 to NAT, weight 1)",
            "change 10.2.0.1:8080 of TCP 10.1.1.1:80 (NAT, weight 1 to NAT, weight 0)"),
        row(
            "what takes connections is added before what rests",
            table(entry(A, destination(1, 0), destination(2, 1))),
            table(entry(A)),
            "add 10.2.0.2:8080 to TCP 10.1.1.1:80 (NAT, weight 1)",
            "add 10.2.0.1:8080 to TCP 10.1.1.1:80 (NAT, weight 0)"),
        row(
            "everything of a destination is compared",
            table(entry(A, direct)),
            one,
            "change 10.2.0.1:8080 of TCP 10.1.1.1:80 (NAT, weight 1 to DR, weight 1, thresholds 20/10)"),
        row(
            "an extra destination in a service of ours goes",
            one,
            table(entry(A, destination(1, 1), destination(7, 3))),
            "remove 10.2.0.7:8080 from TCP 10.1.1.1:80"),
        row(
            "the order of destinations does not matter",
            table(entry(A, destination(1, 1), destination(2, 1))),
            table(entry(A, destination(2, 1), destination(1, 1)))),
        row(
            "a service of somebody else stays",
            one,
            table(entry(A, destination(1, 1)), entry(B, destination(1, 1)))),
        new Row(
            "a service of ours that is not wanted any more goes whole, last",
            one,
            table(entry(B, destination(1, 1))),
            Set.of(key(B)),
            List.of(
                "add TCP 10.1.1.1:80 (rr)",
                "add 10.2.0.1:8080 to TCP 10.1.1.1:80 (NAT, weight 1)",
                "remove TCP 10.1.1.2:80")),
        new Row(
            "what is ours but gone already needs nothing", one, one, Set.of(key(B)), List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void rules(Row row) {
    assertThat(Reconciler.diff(row.desired(), row.actual(), Owned.services(row.owned())))
        .map(TableChange::toString)
        .isEqualTo(row.changes());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void changesLeadFromAnyTableToAnyOther(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      ServiceTable desired = random(random);
      ServiceTable actual = random(random);
      List<TableChange> changes =
          Reconciler.diff(desired, actual, Owned.services(actual.entries().keySet()));
      assertThat(Reconciler.patched(actual, changes)).isEqualTo(desired);
      servesAllTheWay(desired, actual, changes);
    }
  }

  /** A service that serves before and after serves after every single change. */
  private static void servesAllTheWay(
      ServiceTable desired, ServiceTable actual, List<TableChange> changes) {
    for (ServiceKey key : desired.entries().keySet()) {
      ServiceTable table = actual;
      for (TableChange change : changes) {
        boolean must = serves(actual, key) && serves(desired, key);
        table = Reconciler.patched(table, List.of(change));
        assertThat(!must || serves(table, key)).as(change.toString()).isTrue();
      }
    }
  }

  private static boolean serves(ServiceTable table, ServiceKey key) {
    return table.entry(key).stream()
        .flatMap(entry -> entry.destinations().values().stream())
        .anyMatch(destination -> destination.weight() > 0);
  }

  private static ServiceTable random(Random random) {
    List<Entry> entries = new ArrayList<>();
    for (String address : List.of(A, B, "fd01::1")) {
      if (random.nextInt(4) > 0) {
        List<Destination> destinations = new ArrayList<>();
        for (int last = 1; last <= 4; last++) {
          if (random.nextBoolean()) {
            destinations.add(destination(last, random.nextInt(3)));
          }
        }
        VirtualService service =
            address.equals(A) && random.nextBoolean() ? STICKY : service(key(address));
        entries.add(Entry.of(service, destinations));
      }
    }
    return table(entries.toArray(Entry[]::new));
  }

  @Test
  void textsNameWhatIsSet() {
    VirtualService service =
        new VirtualService(
            key("fd01::1"), "sh", Set.of(ServiceFlag.SCHEDULER_2), new Persistence(0, 64, "sip"));
    assertThat(new TableChange.AddService(service))
        .hasToString("add TCP [fd01::1]:80 (sh, scheduler-2, netmask /64, engine sip)");
    assertThat(
            new TableChange.AddService(
                new VirtualService(key(A), "rr", Set.of(), new Persistence(0, 0xFFFFFF00, ""))))
        .hasToString("add TCP 10.1.1.1:80 (rr, netmask 255.255.255.0)");
  }

  @Test
  void aChangeOfNothingDoesNothing() {
    DestinationKey absent = destination(9, 1).key();
    ServiceTable table = table(entry(A, destination(1, 1)));
    assertThat(
            Reconciler.patched(
                table,
                List.of(
                    new TableChange.RemoveDestination(key(B), absent),
                    new TableChange.RemoveDestination(key(A), absent),
                    new TableChange.RemoveService(key(B)))))
        .isEqualTo(table);
  }
}
