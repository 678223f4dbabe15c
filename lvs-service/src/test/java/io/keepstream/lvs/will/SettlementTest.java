package io.keepstream.lvs.will;

import static io.keepstream.lvs.plan.Samples.backend;
import static io.keepstream.lvs.plan.Samples.config;
import static io.keepstream.lvs.plan.Samples.pool;
import static io.keepstream.lvs.plan.Samples.real;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Instruction.Act;
import io.keepstream.contract.event.OperatorEvent.OverrideCleared;
import io.keepstream.contract.event.OperatorEvent.Undrained;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A reload a second after an order. */
class SettlementTest {
  private static final String GONE = "the configuration has it no longer";

  private final Orders orders = new Orders();

  private static LvsConfig file(RealServer... reals) {
    return config(pool(new Quorum(1, 0), Optional.empty(), reals));
  }

  @Test
  void everythingStaysWhileTheFileSaysTheSame() {
    orders
        .give(new Act.Drain("10.2.0.1", true, null))
        .give(new Act.Weight("10.2.0.1", 5))
        .give(new Act.Add("10.1.1.1", "10.2.0.3:8080", 1))
        .give(new Act.Remove("10.1.1.1", "10.2.0.2"));
    Will before = orders.will;
    orders.news();
    assertThat(orders.reload(Orders.TWO).will).isEqualTo(before);
    orders.reload(file(real(1, 1), real(2, 3), real(4, 1)));
    assertThat(orders.will).as("with other changes").isEqualTo(before);
    assertThat(orders.news()).isEmpty();
  }

  @Test
  void aWeightEndsWhenTheFileHasAnother() {
    orders.give(new Act.Weight("10.2.0.1", 5)).news();
    orders.reload(file(real(1, 2), real(2, 1)));
    assertThat(orders.news())
        .containsExactly(
            new OverrideCleared(
                backend(1), OverrideKind.WEIGHT, "the configuration says weight 2", 1000));
    assertThat(orders.will).isEqualTo(Will.NOTHING);
  }

  @Test
  void anAdditionEndsWhenTheFileHasItToo() {
    orders.give(new Act.Add("10.1.1.1", "10.2.0.3:8080", 5)).news();
    orders.give(new Act.Drain("10.2.0.3", true, null)).news();
    orders.reload(file(real(1, 1), real(2, 1), real(3, 1)));
    assertThat(orders.news())
        .containsExactly(
            new OverrideCleared(backend(3), OverrideKind.ADDED, "the configuration has it", 2000));
    assertThat(orders.will.drains()).as("its drain goes on").containsOnlyKeys(backend(3));
  }

  @Test
  void nothingIsLeftOfWhatIsGone() {
    orders.give(new Act.Add("10.1.1.1", "10.2.0.3:8080", 5));
    orders.give(new Act.Remove("10.1.1.1", "10.2.0.2"));
    orders.give(new Act.Drain("10.2.0.1", true, null)).news();
    orders.reload(LvsConfig.NOTHING);
    assertThat(orders.will).isEqualTo(Will.NOTHING);
    assertThat(orders.news())
        .containsExactly(
            new OverrideCleared(backend(3), OverrideKind.ADDED, GONE, 3000),
            new OverrideCleared(backend(2), OverrideKind.REMOVED, GONE, 2000),
            new Undrained(backend(1), GONE, 1000));
  }
}
