package io.keepstream.election.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.Priority;
import io.keepstream.testkit.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literal nanoseconds, computed by hand from the RFCs' formulas. */
@Proves("VR-035")
class TimersTest {
  @ParameterizedTest(name = "version {0}, {1} ns, priority {2}: {3} ns")
  @CsvSource({
    "2, 1000000000, 100, 3609375000",
    "2, 1000000000, 200, 3218750000",
    "2, 1000000000, 254, 3007812500",
    "2, 1000000000,   1, 3996093750",
    "2, 5000000000, 100, 15609375000",
    "3,  250000000, 200, 804687500",
    "3,   10000000, 100, 36093750",
    "3, 40950000000,  1, 163640039062",
    "3, 1000000000, 255, 3003906250",
  })
  void masterDownInterval(int version, long intervalNanos, int priority, long expectedNanos) {
    assertThat(Timers.masterDownNanos(parameters(version, intervalNanos, priority), intervalNanos))
        .isEqualTo(expectedNanos);
  }

  @ParameterizedTest
  @CsvSource({
    "1000000000, 0, 1000000000",
    "1000000000, 15624999, 1000000000",
    "1000000000, 15625000, 1015625000",
    "10000000, 1, 10000000",
    "100, 7, 107"
  })
  void theFirstIntervalIsShorterByLessThanA64th(
      long intervalNanos, long nowNanos, long expectedNanos) {
    assertThat(Timers.firstAdvertNanos(parameters(3, intervalNanos, 100).config(), nowNanos))
        .isEqualTo(expectedNanos);
  }

  @Test
  void routersThatTakeOverTogetherAdvertiseApartByTheirNumbers() {
    assertThat(Timers.firstAdvertNanos(early(0), 0)).isEqualTo(1_000_000_000);
    assertThat(Timers.firstAdvertNanos(early(1), 0)).isEqualTo(984_375_000);
    assertThat(Timers.firstAdvertNanos(early(31), 0)).isEqualTo(515_625_000);
  }

  private static VirtualRouterConfig early(int beats) {
    long second = 1_000_000_000;
    return new VirtualRouterConfig(
        3, 100, second, true, 0, 3, false, false, Precautions.usual(second), beats);
  }

  @Test
  void skewShrinksStrictlyAsPriorityGrows() {
    for (int version = 2; version <= 3; version++) {
      for (int priority = 1; priority < 255; priority++) {
        long here = Timers.skewNanos(parameters(version, 10_000_000, priority), 10_000_000);
        long above = Timers.skewNanos(parameters(version, 10_000_000, priority + 1), 10_000_000);
        assertThat(above).isPositive().isLessThan(here);
      }
    }
  }

  @Test
  void missedAdvertsAreConfigurable() {
    VirtualRouterConfig five =
        new VirtualRouterConfig(3, 100, 1_000_000_000, true, 0, 5, false, false);
    assertThat(
            Timers.masterDownNanos(
                new Parameters(five, Priority.of(100), null, List.of(), List.of()), 1_000_000_000))
        .isEqualTo(5_609_375_000L);
  }

  private static Parameters parameters(int version, long intervalNanos, int priority) {
    return new Parameters(
        new VirtualRouterConfig(version, priority, intervalNanos, true, 0, 3, false, false),
        Priority.of(priority),
        null,
        List.of(),
        List.of());
  }
}
