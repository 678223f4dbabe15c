package io.keepstream.lvs.plan;

import static io.keepstream.lvs.plan.Samples.NAME;
import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.real;
import static io.keepstream.lvs.plan.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Counters;
import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerLoadsTest {
  private static final ServiceKey A = key("10.1.1.1");
  private static final ServiceKey B = key("10.1.1.2");
  private static final VirtualServer GROUP =
      new VirtualServer(
          NAME,
          List.of(service(A), service(B)),
          new Quorum(1, 0),
          Optional.empty(),
          List.of(real(1, 1), real(2, 1)));
  private static final LvsConfig CONFIG = config(GROUP);

  private static Traffic traffic(long one) {
    return new Traffic(
        new Counters(one, 2 * one, 3 * one, 4 * one, 5 * one),
        new Counters(one, one, one, one, one));
  }

  private static Load load(long one) {
    return new Load(
        traffic(one),
        Map.of(
            destination(1, 1).key(),
            new Load.OfDestination(new Connections(one, 1, 2), traffic(one)),
            destination(9, 1).key(),
            new Load.OfDestination(new Connections(100, 100, 100), traffic(100))));
  }

  private final Plan plan = Plan.NOTHING.next(new Situation(CONFIG, Map.of()), 0);
  private final ServerLoads loads =
      ServerLoads.of(
          CONFIG, plan.desired(), Map.of(A, load(10), B, load(20), key("10.9.9.9"), load(30)));

  @Test
  void whatPassesThroughAGroupIsAddedUp() {
    assertThat(loads.services()).containsExactly(Map.entry(NAME, traffic(30)));
    assertThat(loads.backends())
        .containsExactly(
            Map.entry(backend(1), new Load.OfDestination(new Connections(30, 2, 4), traffic(30))));
  }

  @Test
  void aSnapshotShowsWhatWasRead() {
    ServiceState.VirtualServer shown =
        new TableReport(plan, plan.desired().table(), loads).of(GROUP, 42);
    assertThat(shown.ageMillis()).isEqualTo(42);
    assertThat(shown.traffic().total()).isEqualTo(new ServiceState.Counters(30, 60, 90, 120, 150));
    assertThat(shown.destinations())
        .containsExactly(
            new ServiceState.Destination(
                "[10.2.0.1]:tcp:8080",
                1,
                "NAT",
                new ServiceState.Connections(30, 2, 4),
                new ServiceState.Traffic(
                    new ServiceState.Counters(30, 60, 90, 120, 150),
                    new ServiceState.Counters(30, 30, 30, 30, 30))),
            new ServiceState.Destination("[10.2.0.2]:tcp:8080", 1, "NAT", null, null));
  }
}
