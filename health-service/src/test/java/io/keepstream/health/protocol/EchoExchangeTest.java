package io.keepstream.health.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.protocol.Exchange.Answer.Decided;
import io.keepstream.health.protocol.Exchange.Answer.Ignored;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoExchangeTest {
  private static final byte[] TOKEN = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
  private static final EchoExchange V4 = new EchoExchange(false, 0xABCD, TOKEN);
  private static final EchoExchange V6 = new EchoExchange(true, 0xABCD, TOKEN);

  @Test
  void theRequests() {

    assertThat(hex(V4.request())).isEqualTo("0800" + "8fed" + "abcd0001" + hex(TOKEN));
    assertThat(hex(V6.request())).isEqualTo("8000" + "0000" + "abcd0001" + hex(TOKEN));
  }

  @ParameterizedTest
  @CsvSource({"00000000abcd0001, 81000000abcd0001", "0000000077770001, 8100000077770001"})
  void aReplyWithOurDataPassesWhateverItsIdentifier(String headerV4, String headerV6) {
    assertThat(V4.answer(bytes(headerV4 + hex(TOKEN)))).isInstanceOf(Decided.class);
    assertThat(V6.answer(bytes(headerV6 + hex(TOKEN)))).isInstanceOf(Decided.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '0 bytes, at least 8 expected'",
    "00000000abcd00, '7 bytes, at least 8 expected'",
    "00000000abcd0001, an echo reply with other data than was sent",
    "00000000abcd000100112233445566778899aabbccddee00, an echo reply with other data than was sent",
    "00000000abcd000100112233445566778899aabbccddeeffff,"
        + " an echo reply with other data than was sent",
    "08000000abcd000100112233445566778899aabbccddeeff, 'ICMP type 8, echo reply 0 expected'",
    "0301000000000000450000, 'ICMP type 3, echo reply 0 expected'",
    "00010000abcd000100112233445566778899aabbccddeeff, 'ICMP type 0, echo reply 0 expected'"
  })
  void whatIsNoReplyDecidesNothing(String reply, String why) {
    assertThat(((Ignored) V4.answer(bytes(reply))).why()).isEqualTo(why);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
