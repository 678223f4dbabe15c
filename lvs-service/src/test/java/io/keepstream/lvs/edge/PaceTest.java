package io.keepstream.lvs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void readingTakesAtMostATwentiethOfTheTime() {
    assertThat(Pace.DEFAULT.untilNextMillis(false, 0)).isEqualTo(5_000);
    assertThat(Pace.DEFAULT.untilNextMillis(false, 250)).isEqualTo(5_000);
    assertThat(Pace.DEFAULT.untilNextMillis(false, 400)).isEqualTo(8_000);
    assertThat(Pace.DEFAULT.untilNextMillis(true, 400)).isEqualTo(10_000);
  }
}
