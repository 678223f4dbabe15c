package io.keepstream.health.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.protocol.Exchange.Answer.Decided;
import io.keepstream.health.verdict.FailureReason;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpExchangeTest {
  private static final byte[] PAYLOAD = {1, 2};

  @ParameterizedTest
  @CsvSource({
    "Ab12f 3 456 546443123, ab120f0345065464431203",
    "0, 00",
    "xx, xx",
    "X, 0x",
    "x, 0x",
    "aX Xb 3, axxb03"
  })
  void patternsAreReadAsTheManualSays(String written, String expected) {
    HexPattern pattern = HexPattern.of(List.of(written.split(" "))).orElseThrow();
    assertThat(pattern.toString()).isEqualTo(expected);
  }

  @Test
  void anythingElseIsNoPattern() {
    assertThat(HexPattern.of(List.of("12", "1g"))).isEmpty();
    assertThat(HexPattern.of(List.of("-1"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "616263, 616263, true",
    "616263, 61626364, true",
    "616263, 6162, true",
    "616263, '', true",
    "616263, 616264, false",
    "61xx63, 61ff63, true",
    "61xx63, 61ff64, false",
    "6x, 6f, true",
    "6x, 7f, false",
    "ff, ff, true",
    "ff, fe, false"
  })
  void aPatternCountsAsFarAsBothReach(String pattern, String reply, boolean matches) {
    UdpReply required = new UdpReply(HexPattern.of(List.of(pattern)).orElseThrow(), 0, 255);
    Finding finding = answer(required, HexFormat.of().parseHex(reply));
    assertThat(finding.failure()).isEqualTo(matches ? null : FailureReason.REPLY_MISMATCH);
    if (!matches) {
      assertThat(finding.detail()).isEqualTo("reply `%s`, `%s` expected", reply, pattern);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "4, true", "5, false"})
  void lengthsHaveToFit(int length, boolean fits) {
    Finding finding = answer(new UdpReply(null, 0, 4), new byte[length]);
    assertThat(finding.failure()).isEqualTo(fits ? null : FailureReason.REPLY_MISMATCH);
    assertThat(answer(new UdpReply(null, 2, 4), new byte[1]).detail())
        .isEqualTo("reply of 1 bytes, 2 to 4 expected");
  }

  @Test
  void whereNothingIsRequiredAnythingIsGood() {
    assertThat(answer(null, new byte[60_000]).failure()).isNull();
    assertThat(answer(null, new byte[60_000]).received()).hasSizeLessThan(80);
    Finding silence = new UdpExchange(PAYLOAD, null).silence(5000);
    assertThat(silence.failure()).isNull();
    assertThat(silence.detail()).isEqualTo("no ICMP error within 5000 ms");
  }

  @Test
  void aRequiredReplyThatDoesNotComeIsMissed() {
    Finding silence = new UdpExchange(PAYLOAD, new UdpReply(null, 0, 255)).silence(5000);
    assertThat(silence.failure()).isEqualTo(FailureReason.RESPONSE_TIMEOUT);
    assertThat(silence.detail()).isEqualTo("no reply within 5000 ms");
  }

  private static Finding answer(UdpReply required, byte[] reply) {
    return ((Decided) new UdpExchange(PAYLOAD, required).answer(reply)).finding();
  }
}
