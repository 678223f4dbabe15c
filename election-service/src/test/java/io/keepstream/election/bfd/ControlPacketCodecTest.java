package io.keepstream.election.bfd;

import static io.keepstream.contract.event.BfdState.ADMIN_DOWN;
import static io.keepstream.contract.event.BfdState.DOWN;
import static io.keepstream.contract.event.BfdState.INIT;
import static io.keepstream.contract.event.BfdState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdState;
import io.keepstream.testkit.Proves;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlPacketCodecTest {
  private static final String UP_PACKET = "20c00318237176ad237176ad00030d4000030d4000000000";

  /** Captured from keepalived. */
  @ParameterizedTest
  @CsvSource({
    "20400318237176ad00000000000f424000030d4000000000, DOWN, false, false, 0, 1000000",
    "20800318237176ad237176ad000f424000030d4000000000, INIT, false, false, 594638509, 1000000",
    "20e00318237176ad237176ad00030d4000030d4000000000, UP, true, false, 594638509, 200000",
    "20d00318237176ad237176ad00030d4000030d4000000000, UP, false, true, 594638509, 200000",
    "20c00318237176ad237176ad00030d4000030d4000000000, UP, false, false, 594638509, 200000"
  })
  void recordedPackets(
      String hex, BfdState state, boolean poll, boolean answer, long your, long minTxMicros) {
    ControlPacket packet =
        new ControlPacket(
            state,
            BfdDiagnostic.NONE,
            poll,
            answer,
            false,
            3,
            0x237176adL,
            your,
            minTxMicros,
            200_000);
    assertThat(decode(hex)).isEqualTo(new Decoded.Accepted(packet));
    assertThat(encode(packet)).isEqualTo(hex);
  }

  @Proves("BF-001")
  @ParameterizedTest
  @CsvSource({
    "LENGTH, shorter than a packet, 20c00318237176ad237176ad00030d4000030d40000000",
    "LENGTH, empty, ''",
    "VERSION, version 0, 00c00318237176ad237176ad00030d4000030d4000000000",
    "VERSION, version 2, 40c00318237176ad237176ad00030d4000030d4000000000",
    "LENGTH, says less than it is, 20c00317237176ad237176ad00030d4000030d4000000000",
    "LENGTH, says more than there is, 20c00319237176ad237176ad00030d4000030d4000000000",
    "MULTIPLIER, none, 20c00018237176ad237176ad00030d4000030d4000000000",
    "MULTIPOINT, set, 20c10318237176ad237176ad00030d4000030d4000000000",
    "MY_DISCRIMINATOR, zero, 20c0031800000000237176ad00030d4000030d4000000000",
    "YOUR_DISCRIMINATOR, zero in Init, 20800318237176ad0000000000030d4000030d4000000000",
    "YOUR_DISCRIMINATOR, zero in Up, 20c00318237176ad0000000000030d4000030d4000000000",
    "AUTHENTICATION, simple, 20c40321237176ad237176ad00030d4000030d40000000000109017365637265740a",
    "POLL_AND_FINAL, both, 20f00318237176ad237176ad00030d4000030d4000000000"
  })
  void whatMustNotBeBelieved(RejectReason reason, String what, String hex) {
    assertThat(decode(hex)).as(what).isEqualTo(new Decoded.Rejected(reason));
  }

  @Proves("BF-001")
  @ParameterizedTest
  @CsvSource({
    "zero is right before the neighbour is heard, 20400318237176ad00000000000f424000030d40",
    "zero is right in AdminDown, 27000318237176ad00000000000f424000030d40",
    "bytes behind the packet are not ours, 20c00318237176ad237176ad00030d4000030d40",
    "the bit for an independent control plane, 20c80318237176ad237176ad00030d4000030d40",
    "a diagnostic of a later RFC, 3fc00318237176ad237176ad00030d4000030d40"
  })
  void whatMayLookOddButIsValid(String what, String hexWithoutEcho) {
    assertThat(decode(hexWithoutEcho + "00000000")).as(what).isInstanceOf(Decoded.Accepted.class);
    assertThat(decode(hexWithoutEcho + "000000000102"))
        .as(what + ", followed by more")
        .isInstanceOf(Decoded.Accepted.class);
  }

  @Test
  void everyFieldComesBack() {
    for (BfdState state : BfdState.values()) {
      for (BfdDiagnostic diagnostic : BfdDiagnostic.values()) {
        for (int bits = 0; bits < 6; bits++) {
          ControlPacket packet =
              new ControlPacket(
                  state,
                  diagnostic,
                  (bits & 3) == 1,
                  (bits & 3) == 2,
                  bits > 2,
                  255 - bits,
                  0xffff_ffffL,
                  0x8000_0001L,
                  0xffff_fffeL,
                  0);
          assertThat(decode(encode(packet))).isEqualTo(new Decoded.Accepted(packet));
        }
      }
    }
  }

  @Test
  void statesAndDiagnosticsHaveTheNumbersOfTheRfc() {
    assertThat(BfdState.values()).containsExactly(ADMIN_DOWN, DOWN, INIT, UP);
    assertThat(encode(up(BfdDiagnostic.DETECTION_TIME_EXPIRED))).startsWith("21c0");
    assertThat(encode(up(BfdDiagnostic.NEIGHBOR_SIGNALED_DOWN))).startsWith("23c0");
    assertThat(encode(up(BfdDiagnostic.ADMIN_DOWN))).startsWith("27c0");
    assertThat(encode(up(BfdDiagnostic.NONE))).isEqualTo(UP_PACKET);
  }

  private static ControlPacket up(BfdDiagnostic diagnostic) {
    return new ControlPacket(
        UP, diagnostic, false, false, false, 3, 0x237176adL, 0x237176adL, 200_000, 200_000);
  }

  private static Decoded decode(String hex) {
    return ControlPacketCodec.decode(MemorySegment.ofArray(HexFormat.of().parseHex(hex)));
  }

  private static String encode(ControlPacket packet) {
    byte[] bytes = new byte[Bfd.PACKET_BYTES];
    ControlPacketCodec.encode(packet, MemorySegment.ofArray(bytes));
    return HexFormat.of().formatHex(bytes);
  }
}
