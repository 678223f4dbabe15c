package io.keepstream.health.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Schedule;
import io.keepstream.health.verdict.Schedule.Confirming;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The words for counting and pace that keepalived does not have. */
class RulesReaderTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  private static Configured read(String virtual, String real, String check) {
    return Configured.of(
        "virtual_server 10.0.0.9 80 {\n%s\nreal_server 10.0.0.1 80 {\n%s\nTCP_CHECK {\n%s\n}\n}\n}\n"
            .formatted(virtual, real, check));
  }

  /** What three levels say, and what comes of it. */
  record Row(String virtual, String real, String check, int rise, int fall) {}

  static List<Row> counts() {
    return List.of(
        new Row("", "", "", 1, 2),
        new Row("rise 2\nfall 3", "", "", 2, 3),
        new Row("rise 2\nfall 3", "rise 4", "", 4, 3),
        new Row("rise 2\nfall 3", "rise 4", "rise 5\nfall 6", 5, 6),
        new Row("retry 4", "", "", 1, 5),
        new Row("retry 4", "", "fall 1", 1, 1),
        new Row("fall 9", "", "retry 4", 1, 9),
        new Row("", "", "rise 0\nfall 0", 1, 1),
        new Row("", "", "fall 4294967295", 1, Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("counts")
  void riseAndFallAreInheritedAndFallGoesBeforeRetry(Row row) {
    CheckRules rules = read(row.virtual(), row.real(), row.check()).check().rules();
    assertThat(rules.counting().rise()).isEqualTo(row.rise());
    assertThat(rules.counting().fall()).isEqualTo(row.fall());
  }

  @Test
  void fallThatContradictsRetryIsAWarningAtItsLine() {
    assertThat(read("retry 3", "", "fall 2").said())
        .isEqualTo("6:1: warning: fall: 2 failures are enough, though retry 3 asks for 4");
    assertThat(read("fall 2", "", "retry 3").said())
        .isEqualTo("2:1: warning: fall: 2 failures are enough, though retry 3 asks for 4");
    assertThat(read("retry 3", "", "fall 4").said()).isEmpty();
    assertThat(read("", "", "fall 4").said()).isEmpty();
  }

  @Test
  void fastIntervalReplacesThePausesInBothDirections() {
    assertThat(schedule("", "delay_before_retry 2").confirming())
        .isEqualTo(new Confirming(2 * SECOND, Schedule.ON_SCHEDULE));
    assertThat(schedule("", "delay_before_retry 2\nfast_interval 0.2").confirming())
        .isEqualTo(new Confirming(200 * MILLI, 200 * MILLI));
    assertThat(schedule("fast_interval 0.5", "").confirming())
        .isEqualTo(new Confirming(500 * MILLI, 500 * MILLI));
  }

  @Test
  void jitterIsAPercentageOfThePeriod() {
    assertThat(schedule("", "").jitterPercent()).isZero();
    assertThat(schedule("jitter 10", "").jitterPercent()).isEqualTo(10);
    assertThat(schedule("jitter 10", "jitter 0").jitterPercent()).isZero();
    assertThat(schedule("", "jitter 90").jitterPercent()).isEqualTo(50);
  }

  @Test
  void shadowIsSaidOfACheckOnly() {
    assertThat(read("", "", "shadow").check().shadow()).isTrue();
    assertThat(read("", "", "shadow off").check().shadow()).isFalse();
    assertThat(read("", "", "").check().shadow()).isFalse();
  }

  private static Schedule schedule(String virtual, String check) {
    return read(virtual, "", check).check().rules().schedule();
  }
}
