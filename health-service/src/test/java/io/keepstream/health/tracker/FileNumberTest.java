package io.keepstream.health.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNumberTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | 5",
        "'-3\n' | -3",
        "'  +42  \n' | 42",
        "'007' | 7",
        "'5 of 9' | 5",
        "'12\nhello' | 12",
        "99999999999 | 2147483647",
        "-99999999999 | -2147483648"
      })
  void theFirstWordIsTheNumber(String text, int number) {
    assertThat(of(text)).isEqualTo(new FileNumber(number, null, false));
  }

  @Test
  void nothingIsZeroAndNoMistake() {
    assertThat(of("")).isEqualTo(FileNumber.EMPTY);
    assertThat(of(" \n\t")).isEqualTo(FileNumber.EMPTY);
    assertThat(FileNumber.EMPTY.number()).isZero();
    assertThat(FileNumber.MISSING.wrong()).isFalse();
  }

  @Test
  void whatIsNoNumberIsZeroAndAMistake() {
    assertThat(of("abc\nmore")).isEqualTo(FileNumber.wrong("`abc` is no number"));
    assertThat(of("5%")).isEqualTo(FileNumber.wrong("`5%` is no number"));
    assertThat(of("0x10").number()).isZero();
    assertThat(of("\u001b[31m" + "x".repeat(50)))
        .isEqualTo(FileNumber.wrong("`?[31mxxxxxxxxxxxxxxx...` is no number"));
    assertThat(of("1".repeat(64)).wrong()).isTrue();
  }

  @Test
  void noBytesMakeItThrow() {
    for (long seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[random.nextInt(FileNumber.LIMIT_BYTES + 1)];
      random.nextBytes(bytes);
      assertThat(FileNumber.of(bytes)).isNotNull();
    }
  }

  private static FileNumber of(String text) {
    return FileNumber.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
