package io.keepstream.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theFirstAttemptComesAfterTheStartDelayAndSomeOfTheWarmup() {
    Schedule schedule = new Schedule(SECOND, 60 * SECOND, 60 * SECOND, SECOND);
    Random random = new Random(1);
    long earliest = Long.MAX_VALUE;
    long latest = 0;
    for (int i = 0; i < 1000; i++) {
      long first = schedule.firstNanos(5 * SECOND, random);
      earliest = Math.min(earliest, first);
      latest = Math.max(latest, first);
    }
    assertThat(earliest).isBetween(6 * SECOND, 7 * SECOND);
    assertThat(latest).isBetween(65 * SECOND, 66 * SECOND);
  }

  @Test
  void withoutWarmupTheFirstAttemptIsKnownBeforehand() {
    Schedule schedule = new Schedule(SECOND, 0, 60 * SECOND, SECOND);
    assertThat(schedule.firstNanos(5, new Random())).isEqualTo(SECOND + 5);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Schedule(0, 0, 0, 0)).hasMessage("schedule 0 0 0 0");
    assertThatThrownBy(() -> new Schedule(0, -1, 1, 0)).hasMessage("schedule 0 -1 1 0");
  }
}
