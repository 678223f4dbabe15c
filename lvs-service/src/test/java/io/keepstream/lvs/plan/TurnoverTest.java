package io.keepstream.lvs.plan;

import static io.keepstream.lvs.plan.Samples.NAME;
import static io.keepstream.lvs.plan.Samples.alpha;
import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.entry;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent.StartedUp;
import io.keepstream.contract.event.BackendEvent.Withdrawn;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.contract.event.VirtualServerEvent.QuorumGained;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.TableOptions;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.ServiceTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Servers that begin and end without a check that says so. */
class TurnoverTest {
  private static final Quorum ONE = new Quorum(1, 0);
  private static final VirtualServer TWO = pool(ONE, Optional.empty(), real(1, 1), real(2, 1));
  private static final Map<BackendRef, Verdict> FIRST_DOWN = Map.of(backend(1), Verdict.DOWN);

  private static Plan plan(LvsConfig config, Map<BackendRef, Verdict> verdicts) {
    return Plan.NOTHING.next(new Situation(config, verdicts), 0);
  }

  @Test
  void aRealServerThatAReloadTakesAwayIsWithdrawnIfItWasUp() {
    Plan plan = plan(config(TWO), FIRST_DOWN);
    LvsConfig third = config(pool(ONE, Optional.empty(), real(3, 1)));
    assertThat(plan.retired(third)).containsExactly(new Withdrawn(backend(2), "reload"));
  }

  @Test
  void aVirtualServerThatAReloadTakesAwayEndsAfterItsRealServers() {
    assertThat(plan(config(TWO), FIRST_DOWN).retired(config()))
        .containsExactly(
            new Withdrawn(backend(2), "reload"), new VirtualServerEvent.Withdrawn(NAME, "reload"));
  }

  @Test
  void withoutQuorumThereIsNothingToEnd() {
    Map<BackendRef, Verdict> down = Map.of(backend(1), Verdict.DOWN, backend(2), Verdict.DOWN);
    assertThat(plan(config(TWO), down).retired(config())).isEmpty();
  }

  @Test
  void shutdownIsToldWithOmegaOnly() {
    assertThat(plan(config(TWO), FIRST_DOWN).farewell()).isEmpty();
    LvsConfig omega =
        config(
            new VirtualServer(
                TWO.name(),
                TWO.services(),
                ONE,
                Optional.empty(),
                TWO.realServers(),
                Optional.empty(),
                true));
    assertThat(plan(omega, FIRST_DOWN).farewell())
        .containsExactly(
            new Withdrawn(backend(2), "shutdown"),
            new VirtualServerEvent.Withdrawn(NAME, "shutdown"));
  }

  @Test
  void theStartIsToldWhereItIsAskedFor() {
    VirtualServer server = pool(ONE, Optional.empty(), real(1, 1), alpha(real(2, 1)), real(3, 1));
    LvsConfig telling =
        new LvsConfig(List.of(server), TableOptions.DEFAULT, true, OptionalInt.empty());
    Plan plan = plan(telling, Map.of(backend(3), Verdict.DOWN));
    assertThat(plan.events())
        .containsExactly(new StartedUp(backend(1)), new QuorumGained(NAME, 1, 1));
    assertThat(plan.next(new Situation(telling, Map.of(backend(2), Verdict.UP)), 0).events())
        .as("which a check has found")
        .isEmpty();
    assertThat(plan(config(server), Map.of()).events()).noneMatch(StartedUp.class::isInstance);
  }

  @Test
  void whatServesAlreadyIsAdoptedThoughItStartsDown() {
    VirtualServer server =
        pool(ONE, Optional.empty(), alpha(real(1, 1)), alpha(real(2, 1)), real(3, 1));
    ServiceTable found =
        table(entry("10.1.1.1", destination(1, 1), destination(2, 0), destination(3, 1)));
    assertThat(Adoption.serving(config(server), Set.of(), found)).containsExactly(backend(1));
    assertThat(Adoption.serving(config(server), Set.of(), ServiceTable.EMPTY)).isEmpty();
    assertThat(Adoption.serving(config(server), Set.of(backend(3)), found))
        .containsExactlyInAnyOrder(backend(1), backend(3));
  }
}
