package io.keepstream.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeConverterTest {
  @ParameterizedTest
  @CsvSource({"500ms,500", "90s,90000", "5m,300000", "2h,7200000"})
  void readsATimeWithItsUnit(String text, long millis) {
    assertThat(new TimeConverter().convert(text).toMillis()).isEqualTo(millis);
  }

  @Test
  void aUnitIsNeeded() {
    assertThatThrownBy(() -> new TimeConverter().convert("5"))
        .hasMessage("'5' is not a time with its unit, as in 90s, 5m or 2h");
  }
}
