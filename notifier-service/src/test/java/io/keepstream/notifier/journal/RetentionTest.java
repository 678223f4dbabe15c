package io.keepstream.notifier.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.notifier.journal.Retention.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
  private static final Retention RETENTION = new Retention(1000, Duration.ofDays(2));
  private static final Segment OLD = new Segment(1, 11, 300, NOW.minus(Duration.ofDays(3)));
  private static final Segment NEW = new Segment(11, 21, 300, NOW.minus(Duration.ofDays(1)));

  @Test
  void whatIsWithinTheBoundsStays() {
    assertThat(RETENTION.surplus(List.of(NEW), 100, 21, NOW)).isEmpty();
  }

  @Test
  void whatIsOldAndDeliveredGoes() {
    assertThat(RETENTION.surplus(List.of(OLD, NEW), 100, 21, NOW)).containsExactly(OLD);
  }

  @Test
  void whatIsOldAndNotDeliveredStays() {
    assertThat(RETENTION.surplus(List.of(OLD, NEW), 100, 10, NOW)).isEmpty();
  }

  @Test
  void beyondTheSizeTheOldestGoDeliveredOrNot() {
    assertThat(RETENTION.surplus(List.of(OLD, NEW), 500, 1, NOW)).containsExactly(OLD);
    assertThat(RETENTION.surplus(List.of(OLD, NEW), 900, 1, NOW)).containsExactly(OLD, NEW);
  }

  @Test
  void soIsTheTimeOfASegment() {
    assertThat(RETENTION.segmentAge()).isEqualTo(Duration.ofHours(3));
    assertThat(new Retention(1000, Duration.ZERO).segmentAge()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void segmentsAreAFractionOfTheWhole() {
    assertThat(new Retention(1 << 30, Duration.ZERO).segmentBytes()).isEqualTo(8 << 20);
    assertThat(new Retention(1 << 20, Duration.ZERO).segmentBytes()).isEqualTo(1 << 16);
  }
}
