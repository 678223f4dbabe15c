package io.keepstream.linux.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class InotifyEventsTest {
  private static final String WRITTEN =
      "01000000 08000000 00000000 10000000 76616c75650000000000000000000000";
  private static final String SELF = "02000000 00800000 00000000 00000000";
  private static final String OVERFLOW = "ffffffff 00400000 00000000 00000000";

  @Test
  void readsNamesWithoutTheirPadding() {
    InotifyEvents events = read(WRITTEN + SELF + WRITTEN);
    assertThat(events.names()).containsExactly("value");
    assertThat(events.overrun()).isFalse();
  }

  @Test
  void saysWhenEventsWereDropped() {
    assertThat(read(WRITTEN + OVERFLOW)).extracting(InotifyEvents::overrun).isEqualTo(true);
  }

  @Test
  void aCutEventEndsTheList() {
    assertThat(read(WRITTEN + "01000000 08000000 00000000 ffffffff 7661").names())
        .containsExactly("value");
    assertThat(read("01000000 0800").names()).isEmpty();
    assertThat(read("").names()).isEmpty();
  }

  @Test
  void noBytesMakeItThrow() {
    byte[] valid = bytes(WRITTEN + SELF + WRITTEN + OVERFLOW);
    for (long seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = valid.clone();
      for (int i = random.nextInt(8); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(bytes.length + 1);
      assertThat(InotifyEvents.read(MemorySegment.ofArray(bytes), length)).isNotNull();
    }
  }

  private static InotifyEvents read(String hex) {
    byte[] bytes = bytes(hex);
    return InotifyEvents.read(MemorySegment.ofArray(bytes), bytes.length);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
