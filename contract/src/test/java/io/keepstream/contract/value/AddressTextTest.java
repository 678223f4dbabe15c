package io.keepstream.contract.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "FD00:0:0:0:0:0:0:0, fd00::",
    "fd00:0:0:0:0:0:0:10, fd00::10",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:0:1:0:0:0:1:0, 0:0:1::1:0",
    "0:0:3:0:0:6:7:8, ::3:0:0:6:7:8",
    "10:0:0:1:1:1:1:100, 10::1:1:1:1:100",
  })
  void textIsShort(String literal, String text) {
    assertThat(AddressText.of(InetAddress.ofLiteral(literal))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1, 80, 10.0.0.1:80", "fd00::1, 0, [fd00::1]:0"})
  void portStandsOutsideBrackets(String literal, int port, String text) {
    assertThat(AddressText.withPort(InetAddress.ofLiteral(literal), port)).isEqualTo(text);
  }
}
