package io.keepstream.contract.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.snapshot.ServiceState.Health;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Set<Service> ELECTION = Set.of(Service.ELECTION);
  private static final Set<Service> LVS = Set.of(Service.LVS);

  private static Snapshot of(ServiceState state) {
    return new Snapshot(new Source("node1", Service.HEALTH, "1"), 7, Instant.EPOCH, state);
  }

  private static Health servers(int count) {
    return new Health(
        IntStream.range(0, count).mapToObj(SnapshotTest::server).toList(),
        List.of(
            new ServiceState.Tracker(
                new TrackerRef(TrackerRef.Kind.SCRIPT, "chk"), true, true, null, 5, null)),
        List.of());
  }

  private static ServiceState.Backend server(int number) {
    return new ServiceState.Backend(
        new BackendRef("[10.0.0.1]:tcp:80", "[10.0.1.%d]:tcp:80".formatted(number)),
        true,
        5,
        null,
        0,
        null);
  }

  @Test
  void aFewServersAreToldToAll() {
    Snapshot few = of(servers(ServiceState.MANY));
    assertThat(few.fit(ELECTION)).isSameAs(few);
  }

  @Test
  void manyServersAreToldToThoseWhoWorkWithThem() {
    Snapshot many = of(servers(ServiceState.MANY + 1));
    assertThat(many.fit(LVS)).isSameAs(many);
    assertThat(many.fit(Set.of(Service.HEALTH))).isSameAs(many);
    assertThat(many.fit(Set.of(Service.ELECTION, Service.NOTIFIER))).isSameAs(many);
  }

  @Test
  void whatTheSingleChecksFoundIsForPeople() {
    Health servers = servers(ServiceState.MANY);
    ServiceState.Check check =
        new ServiceState.Check("TCP_CHECK", true, true, false, 1, 5, null, null, null);
    Health checked = new Health(servers.backends(), servers.trackers(), List.of(check));
    assertThat(of(checked).fit(LVS))
        .isEqualTo(new Snapshot(of(checked).source(), 7, Instant.EPOCH, servers, true));
  }

  @Test
  void whoElectsGetsTheTrackersOnly() {
    Health many = servers(ServiceState.MANY + 1);
    Snapshot fit = of(many).fit(ELECTION);
    assertThat(fit)
        .isEqualTo(
            new Snapshot(
                of(many).source(), 7, Instant.EPOCH, new Health(List.of(), many.trackers()), true));
  }

  @Test
  void virtualServersAreToldToWhoTellsTheWorld() {
    ServiceState.VirtualServer server =
        new ServiceState.VirtualServer("[10.0.0.1]:tcp:80", true, 5, List.of(), null);
    ServiceState.Lvs many =
        new ServiceState.Lvs(
            "ipvs",
            IntStream.rangeClosed(0, ServiceState.MANY).mapToObj(each -> server).toList(),
            List.of(),
            null,
            List.of(),
            null);
    assertThat(of(many).fit(Set.of(Service.NOTIFIER))).isEqualTo(of(many));
    assertThat(of(many).fit(LVS)).isEqualTo(of(many));
    assertThat(of(many).fit(ELECTION).state())
        .isEqualTo(new ServiceState.Lvs("ipvs", List.of(), List.of(), null, List.of(), null));
  }
}
