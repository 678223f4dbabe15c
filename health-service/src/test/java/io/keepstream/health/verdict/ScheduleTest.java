package io.keepstream.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.health.verdict.Schedule.Confirming;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theFirstAttemptComesAfterTheStartDelayAndAShareOfTheWarmup() {
    Schedule schedule = new Schedule(SECOND, 60 * SECOND, 60 * SECOND, SECOND);
    assertThat(schedule.firstNanos(5 * SECOND, 0)).isEqualTo(6 * SECOND);
    assertThat(schedule.firstNanos(5 * SECOND, 0.5)).isEqualTo(36 * SECOND);
    assertThat(new Schedule(SECOND, 0, 60 * SECOND, SECOND).firstNanos(5, 0.9))
        .isEqualTo(SECOND + 5);
  }

  @Test
  void firstAttemptsLieEvenlyHoweverManyThereAre() {
    for (int count : new int[] {1, 7, 100, 2000}) {
      Spread spread = new Spread(new Random(count));
      double[] shares = DoubleStream.generate(spread::next).limit(count).sorted().toArray();
      double gap = shares[0] + 1 - shares[count - 1];
      for (int i = 1; i < count; i++) {
        gap = Math.max(gap, shares[i] - shares[i - 1]);
      }
      assertThat(gap * count).as("largest gap of %d", count).isLessThan(2.7);
      assertThat(shares[0]).isNotNegative();
      assertThat(shares[count - 1]).isLessThan(1);
    }
  }

  @Test
  void jitterStaysWithinItsShareAndMovesNoSlot() {
    Schedule schedule =
        new Schedule(0, 0, 10 * SECOND, new Confirming(SECOND, Schedule.ON_SCHEDULE), 20);
    Random random = new Random(1);
    LongSummaryStatistics due =
        LongStream.generate(() -> schedule.dueNanos(50 * SECOND, random))
            .limit(1000)
            .summaryStatistics();
    assertThat(due.getMin()).isBetween(50 * SECOND, 50 * SECOND + SECOND / 10);
    assertThat(due.getMax()).isBetween(52 * SECOND - SECOND / 10, 52 * SECOND);
    assertThat(schedule.nextNanos(50 * SECOND, 52 * SECOND)).isEqualTo(60 * SECOND);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Schedule(0, 0, 0, 0))
        .hasMessageStartingWith("schedule 0 0 0 Confirming");
    assertThatThrownBy(() -> new Schedule(0, -1, 1, 0)).hasMessageStartingWith("schedule 0 -1 1");
    assertThatThrownBy(() -> new Schedule(0, 0, 1, new Confirming(0, 0), 51))
        .hasMessageEndingWith("51 %");
  }
}
