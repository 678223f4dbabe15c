package io.keepstream.lvs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Counters;
import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.Traffic;
import io.keepstream.lvs.plan.ServerLoads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LvsMetersTest {
  private static final int METERS_OF_A_SERVICE = 10;
  private static final int METERS_OF_A_DESTINATION = 13;

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final LvsMeters meters = new LvsMeters(registry);

  private static ServerLoads loads(int servers, long connections) {
    Traffic traffic =
        new Traffic(new Counters(connections, 2, 3, 4, 5), new Counters(6, 7, 8, 9, 10));
    Load.OfDestination load = new Load.OfDestination(new Connections(1, 2, 3), traffic);
    return new ServerLoads(
        Map.of("vs", traffic),
        IntStream.range(0, servers)
            .mapToObj(i -> new BackendRef("vs", "rs" + i))
            .collect(Collectors.toMap(Function.identity(), backend -> load)));
  }

  private double connections(String server) {
    return registry
        .get("keepstream.lvs.destination.connections")
        .tag("real_server", server)
        .functionCounter()
        .count();
  }

  @Test
  void everyServerHasItsOwn() {
    meters.take(loads(2, 11));
    assertThat(registry.getMeters()).hasSize(METERS_OF_A_SERVICE + 2 * METERS_OF_A_DESTINATION);
    meters.take(loads(2, 12));
    assertThat(connections("rs1")).isEqualTo(12);
    assertThat(
            registry
                .get("keepstream.lvs.service.packets.per.second")
                .tag("direction", "out")
                .gauge())
        .extracting(gauge -> gauge.value())
        .isEqualTo(8.0);
  }

  @Test
  void whoIsGoneHasNoneAnyMore() {
    meters.take(loads(2, 11));
    meters.take(loads(1, 11));
    assertThat(registry.getMeters()).hasSize(METERS_OF_A_SERVICE + METERS_OF_A_DESTINATION);
    meters.close();
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void thereIsRoomForSoMany() {
    meters.take(loads(LvsMeters.MOST_DESTINATIONS + 500, 11));
    assertThat(registry.getMeters())
        .hasSize(METERS_OF_A_SERVICE + LvsMeters.MOST_DESTINATIONS * METERS_OF_A_DESTINATION);
  }
}
