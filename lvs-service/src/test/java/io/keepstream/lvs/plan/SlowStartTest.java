package io.keepstream.lvs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlowStartTest {
  @ParameterizedTest
  @CsvSource({
    // full, ramp, up, weight, next
    "100, 1000,    0,  10,  100",
    "100, 1000,   99,  10,  100",
    "100, 1000,  100,  20,  200",
    "100, 1000,  950, 100, 1000",
    "100, 1000, 1000, 100, 9223372036854775807",
    "100, 1000, 5000, 100, 9223372036854775807",
    "  5, 1000,    0,   1,  100",
    "  1, 1000,    0,   1,  100",
    "  0, 1000,    0,   0,  100",
    "100,    0,    0, 100, 9223372036854775807",
    "2147483647, 1000, 0, 214748364, 100",
    "100,    7,    0,  10,    1",
  })
  void theWeightGrowsInTenSteps(int full, long ramp, long up, int weight, long next) {
    assertThat(SlowStart.weight(full, ramp, up)).isEqualTo(weight);
    assertThat(SlowStart.nextNanos(ramp, up)).isEqualTo(next);
  }
}
