package io.keepstream.health.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.health.protocol.Exchange.Answer.Decided;
import io.keepstream.health.protocol.Exchange.Answer.Ignored;
import io.keepstream.health.verdict.FailureReason;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsExchangeTest {
  private static final DnsExchange ROOT = new DnsExchange(DnsQuestion.ROOT, 0x1234);
  private static final DnsExchange NAME =
      new DnsExchange(new DnsQuestion(DnsType.AAAA, "www.Example.org."), 0xBEEF);
  private static final String ASKED = "03777777" + "074578616d706c65" + "036f7267" + "00001c0001";

  @Test
  void theQuestions() {
    assertThat(hex(ROOT.request())).isEqualTo("123401000001000000000000" + "0000060001");
    assertThat(hex(NAME.request())).isEqualTo("beef01000001000000000000" + ASKED);
  }

  @ParameterizedTest
  @CsvSource({
    "A, 0001",
    "NS, 0002",
    "CNAME, 0005",
    "SOA, 0006",
    "MX, 000f",
    "TXT, 0010",
    "aaaa, 001c",
    "RRSIG, 002e",
    "DnsKey, 0030"
  })
  void everyTypeHasItsNumber(String type, String number) {
    DnsQuestion question = new DnsQuestion(DnsType.of(type).orElseThrow(), "a");
    assertThat(hex(new DnsExchange(question, 0).request()).substring(24))
        .isEqualTo("016100" + number + "0001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "beef81800001000100000000" + ASKED + "c00c001c0001000000050010fd00",
        "beef84000001000000000000" + ASKED,
        "beef83800001000000000000" + ASKED,
        "beef81800001000000000000" + "03575757" + "076578414d504c45" + "034f5247" + "00001c0001"
      })
  void noErrorIsGood(String reply) {
    assertThat(decided(NAME, reply).failure()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "beef81820001000000000000, 'SERVFAIL for www.Example.org. AAAA, NOERROR expected'",
    "beef81830001000000000000, 'NXDOMAIN for www.Example.org. AAAA, NOERROR expected'",
    "beef81850001000000000000, 'REFUSED for www.Example.org. AAAA, NOERROR expected'",
    "beef818b0001000000000000, 'RCODE 11 for www.Example.org. AAAA, NOERROR expected'"
  })
  void anyOtherRcodeIsNot(String header, String detail) {
    Finding finding = decided(NAME, header + ASKED);
    assertThat(finding.failure()).isEqualTo(FailureReason.DNS_RCODE);
    assertThat(finding.detail()).isEqualTo(detail);
    assertThat(finding.received()).startsWith(header);
  }

  @Test
  void whoCannotReadTheQuestionNeedNotRepeatIt() {
    assertThat(decided(NAME, "beef81810000000000000000").detail()).startsWith("FORMERR");
    assertThat(ignored(NAME, "beef81800000000000000000"))
        .isEqualTo("an answer to another question than www.Example.org. AAAA");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '0 bytes, at least 12 expected'",
    "beef8180000100000000, '10 bytes, at least 12 expected'",
    "bee081800001000000000000, 'id 48864, 48879 expected'",
    "beef01000001000000000000, not an answer to a query",
    "beefa8000001000000000000, not an answer to a query",
    "beef81800001000000000000, an answer to another question than www.Example.org. AAAA",
    "beef818200010000000000000161, an answer to another question than www.Example.org. AAAA",
    "beef8182ffff000000000000, an answer to another question than www.Example.org. AAAA"
  })
  void whatIsNoAnswerDecidesNothing(String reply, String why) {
    assertThat(ignored(NAME, reply)).isEqualTo(why);
  }

  @Test
  void noBytesBreakIt() {
    Random random = new Random(7);
    byte[] good = HexFormat.of().parseHex("beef81800001000100000000" + ASKED + "c00c");
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 8));
      for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertThat(NAME.answer(bytes)).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a..b, '`a..b` has an empty label'",
    ".a, '`.a` has an empty label'",
    "'', '`` has an empty label'"
  })
  void namesThatAreNone(String name, String message) {
    assertThatThrownBy(() -> new DnsQuestion(DnsType.A, name)).hasMessage(message);
  }

  @Test
  void namesThatAreTooLong() {
    String label = "x".repeat(63);
    assertThat(new DnsQuestion(DnsType.A, label)).isNotNull();
    assertThatThrownBy(() -> new DnsQuestion(DnsType.A, label + "x"))
        .hasMessageContaining("is a label of 64 bytes, at most 63 can be asked for");
    String name = label + "." + label + "." + label + ".";
    assertThat(new DnsQuestion(DnsType.A, name + "x".repeat(61))).isNotNull();
    assertThatThrownBy(() -> new DnsQuestion(DnsType.A, name + "x".repeat(62)))
        .hasMessage("the name takes 256 bytes, at most 255 can be asked for");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static Finding decided(DnsExchange exchange, String reply) {
    return ((Decided) exchange.answer(HexFormat.of().parseHex(reply))).finding();
  }

  private static String ignored(DnsExchange exchange, String reply) {
    return ((Ignored) exchange.answer(HexFormat.of().parseHex(reply))).why();
  }
}
