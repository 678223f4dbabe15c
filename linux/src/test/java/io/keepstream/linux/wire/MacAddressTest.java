package io.keepstream.linux.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

final class MacAddressTest {
  @Test
  void readsAndWritesItsSixBytesAlone() {
    byte[] bytes = {9, 0x00, 0x00, 0x5E, 0x00, 0x01, (byte) 0xFF, 9};
    MacAddress mac = MacAddress.read(MemorySegment.ofArray(bytes), 1);
    assertThat(mac).isEqualTo(MacAddress.parse("00:00:5e:00:01:ff"));

    byte[] written = {9, 1, 1, 1, 1, 1, 1, 9};
    mac.write(MemorySegment.ofArray(written), 1);
    assertThat(written).isEqualTo(bytes);
  }

  @Test
  void isWrittenInLowerCase() {
    assertThat(MacAddress.BROADCAST).hasToString("ff:ff:ff:ff:ff:ff");
    assertThat(MacAddress.parse("02:00:00:00:00:0A")).hasToString("02:00:00:00:00:0a");
  }

  @Test
  void isNotMadeOfAnythingElse() {
    assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.parse("02:00:00:00:00"));
    assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.parse("lo:ok:00:00:00:00"));
    assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(1L << 48));
  }
}
