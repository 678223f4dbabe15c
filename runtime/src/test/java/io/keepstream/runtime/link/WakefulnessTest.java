package io.keepstream.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WakefulnessTest {
  private final Wakefulness wakefulness = new Wakefulness(0);

  @Test
  void whoTicksInTimeIsAwake() {
    wakefulness.tick(Peering.TICK_NANOS);
    assertThat(wakefulness.dozed(2 * Peering.TICK_NANOS)).isFalse();
  }

  @Test
  void whoStoodStillIsNotQuiteAwakeForATick() {
    assertThat(wakefulness.dozed(10 * Peering.TICK_NANOS)).isTrue();
    wakefulness.tick(10 * Peering.TICK_NANOS);
    assertThat(wakefulness.dozed(11 * Peering.TICK_NANOS - 1)).isTrue();
    wakefulness.tick(11 * Peering.TICK_NANOS);
    assertThat(wakefulness.dozed(11 * Peering.TICK_NANOS)).isFalse();
  }
}
