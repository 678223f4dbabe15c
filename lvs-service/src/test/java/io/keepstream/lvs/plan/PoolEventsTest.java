package io.keepstream.lvs.plan;

import static io.keepstream.lvs.plan.Samples.NAME;
import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.real;
import static io.keepstream.lvs.plan.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent.Added;
import io.keepstream.contract.event.BackendEvent.Removed;
import io.keepstream.contract.event.BackendEvent.WeightChanged;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.plan.TableChange.RemoveDestination;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolEventsTest {
  private static final DesiredTable BEFORE = desired(real(1, 1), real(2, 1));
  private static final DesiredTable AFTER = desired(real(2, 5), real(3, 2));

  private static DesiredTable desired(RealServer... reals) {
    LvsConfig config =
        config(
            new VirtualServer(
                NAME,
                List.of(service(key("10.1.1.1")), service(key("10.1.1.2"))),
                new Quorum(1, 0),
                Optional.empty(),
                List.of(reals)));
    return Plan.NOTHING.next(new Situation(config, Map.of()), 0).desired();
  }

  @Test
  void aServerInSeveralServicesIsToldOnce() {
    List<TableChange> changes = Reconciler.diff(AFTER.table(), BEFORE.table(), Owned.NOTHING);
    assertThat(changes).hasSize(6);
    assertThat(new PoolEvents(BEFORE, AFTER).of(changes, BEFORE.table()))
        .containsExactly(
            new WeightChanged(backend(2), 1, 5), new Added(backend(3), 2), new Removed(backend(1)));
  }

  @Test
  void aServiceThatGoesTakesItsServersWithIt() {
    Set<ServiceKey> owned = BEFORE.table().entries().keySet();
    List<TableChange> changes =
        Reconciler.diff(ServiceTable.EMPTY, BEFORE.table(), Owned.services(owned));
    assertThat(new PoolEvents(BEFORE, DesiredTable.EMPTY).of(changes, BEFORE.table()))
        .containsExactlyInAnyOrder(new Removed(backend(1)), new Removed(backend(2)));
  }

  @Test
  void aServerNobodyNamedIsCalledByItsAddress() {
    ServiceKey mark = new ServiceKey.FirewallMark(Family.IPV4, 3);
    List<TableChange> changes =
        List.of(
            new RemoveDestination(key("10.1.1.1"), destination(7, 1).key()),
            new RemoveDestination(mark, destination(7, 1).key()));
    assertThat(new PoolEvents(BEFORE, AFTER).of(changes, BEFORE.table()))
        .containsExactly(
            new Removed(backend(7)), new Removed(new BackendRef("FWM 3", "[10.2.0.7]:none:8080")));
  }
}
