package io.keepstream.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.runtime.link.Frame.Failure;
import io.keepstream.runtime.link.Frame.Hello;
import io.keepstream.runtime.link.Frame.Ping;
import io.keepstream.runtime.link.Frame.Publish;
import io.keepstream.runtime.link.Frame.Reply;
import io.keepstream.runtime.link.Frame.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecTest {
  private static final Body BODY = new Body("String", "é!".getBytes(StandardCharsets.UTF_8));

  /** One of each kind, with the bytes it has to be. */
  record Golden(String hex, Frame frame) {}

  static Stream<Golden> golden() {
    return Stream.of(
        new Golden(
            "00000012 01 0001 0008 656c656374696f6e 0001 0001 61",
            new Hello(1, "election", Set.of("a"))),
        new Golden("00000001 02", new Ping()),
        new Golden(
            "00000019 03 0000000000000007 0003 612e62 0006 537472696e67 c3a921",
            new Request(7, "a.b", BODY)),
        new Golden(
            "00000014 04 8000000000000000 0006 537472696e67 c3a921", new Reply(1L << 63, BODY)),
        new Golden("00000011 05 0000000000000007 ffffffff 0002 6e6f", new Failure(7, -1, "no")),
        new Golden("0000000f 06 0001 61 0006 537472696e67 c3a921", new Publish("a", BODY)));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void isAsTheLayoutSays(Golden golden) {
    byte[] bytes = bytes(golden.hex());
    assertThat(FrameCodec.encode(golden.frame())).isEqualTo(bytes);
    assertThat(decode(bytes)).isEqualTo(new Decoded.Accepted(golden.frame()));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void cutShortItIsNoFrameUntilItsContentBegins(Golden golden) {
    byte[] bytes = bytes(golden.hex());
    int content = golden.frame() instanceof Ping ? 0 : 3; // the body's, or part of a text
    for (int length = FrameCodec.LENGTH_BYTES; length < bytes.length - content; length++) {
      ByteBuffer cut = ByteBuffer.wrap(bytes, 4, length - 4);
      assertThat(FrameCodec.decode(cut.slice())).isInstanceOf(Decoded.Malformed.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', ends too early",
    "00, unknown type 0",
    "07, unknown type 7",
    "ff, unknown type -1",
    "0200, 1 bytes too many",
    "01 0001 0001 61 0000 00, 1 bytes too many",
    "01 0001 0001 61 ffff 0001, ends too early",
    "06 ffff 61, ends too early",
    "06 0001 ff 0000, not UTF-8",
    "05 0000000000000007 00000000 0002 c328, not UTF-8",
  })
  void whatIsNoFrameIsSaidToBeNone(String hex, String detail) {
    Decoded decoded = FrameCodec.decode(ByteBuffer.wrap(bytes(hex)));
    assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
    assertThat(((Decoded.Malformed) decoded).detail()).contains(detail);
  }

  @Test
  void ofAnotherVersionOnlyVersionAndNameAreRead() {
    assertThat(FrameCodec.decode(ByteBuffer.wrap(bytes("01 0002 0001 61 ffffffffff"))))
        .isEqualTo(new Decoded.Accepted(new Hello(2, "a", Set.of())));
  }

  @Test
  void textForPeopleIsCutBetweenCharacters() {
    Decoded decoded = decode(FrameCodec.encode(new Failure(1, 0, "x" + "é".repeat(40_000))));
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    Failure failure = (Failure) ((Decoded.Accepted) decoded).frame();
    assertThat(failure.message()).isEqualTo("x" + "é".repeat(32_767));
  }

  @Test
  void whatIsTooLongIsNotSent() {
    Frame frame = new Publish("a", new Body("b", new byte[FrameCodec.MOST_BYTES]));
    assertThatThrownBy(() -> FrameCodec.encode(frame)).hasMessageContaining("too long");
  }

  private static Decoded decode(byte[] bytes) {
    int length = ByteBuffer.wrap(bytes).getInt();
    assertThat(length).isEqualTo(bytes.length - FrameCodec.LENGTH_BYTES);
    return FrameCodec.decode(ByteBuffer.wrap(bytes, FrameCodec.LENGTH_BYTES, length).slice());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
