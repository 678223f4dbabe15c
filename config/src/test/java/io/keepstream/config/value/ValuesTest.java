package io.keepstream.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @Test
  void whole_numbers() {
    assertThat(Numbers.integer(" 42")).hasValue(42);
    assertThat(Numbers.integer("-7")).hasValue(-7);
    assertThat(Numbers.integer("010")).hasValue(10);
    assertThat(Numbers.integerAnyBase("010")).hasValue(8);
    assertThat(Numbers.integerAnyBase("-0x1f")).hasValue(-31);
    assertThat(Numbers.integerAnyBase("08")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "100x", "1.0", "0x10", "1 2", "--1", "99999999999999999999"})
  void no_whole_numbers(String text) {
    assertThat(Numbers.integer(text)).isEmpty();
  }

  @Test
  void truth_is_lower_case() {
    assertThat(List.of("on", "true", "yes"))
        .allMatch(t -> Numbers.bool(t).equals(Optional.of(true)));
    assertThat(List.of("off", "false", "no"))
        .allMatch(t -> Numbers.bool(t).equals(Optional.of(false)));
    assertThat(List.of("ON", "1", "")).allMatch(t -> Numbers.bool(t).isEmpty());
  }

  @ParameterizedTest(name = "{0} {1} is {2} ns")
  @CsvSource({
    "SECONDS, 1, 1000000000, false",
    "SECONDS, 1., 1000000000, false",
    "SECONDS, .5, 500000000, false",
    "SECONDS, 0.000001, 1000, false",
    "SECONDS, 1.0000004, 1000000000, true",
    "SECONDS, 1.0000005, 1000001000, true",
    "SECONDS, 4294.967295, 4294967295000, false",
    "SECONDS_TO_MILLIS, 0.0015, 2000000, true",
    "SECONDS_TO_MILLIS, 0.001, 1000000, false",
    "MILLISECONDS, 10.0005, 10001000, true",
    "MILLISECONDS, 4294967, 4294967000000, false",
  })
  void times(DecimalUnit unit, String text, long nanos, boolean rounded) {
    assertThat(unit.read(text)).hasValue(new DecimalUnit.Time(nanos, rounded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "-1", "+1", "1e3", "1s", "1,5", "12345678901"})
  void no_times(String text) {
    assertThat(DecimalUnit.SECONDS.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "255.255.255.255", "::", "fe80::1", "2001:db8::10.0.0.1"})
  void addresses(String text) {
    assertThat(Addresses.ip(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.01",
        "1",
        "localhost",
        "a.b.c.d",
        "fe80::1%eth0",
        "[::1]",
        ":",
        "1::2::3",
        "::ffff:10.0.0.1",
        "10.0.0.1:80",
        "12345::"
      })
  void no_addresses(String text) {
    assertThat(Addresses.ip(text)).isEmpty();
  }

  @Test
  void prefixes() {
    assertThat(Addresses.prefix("10.0.0.1")).map(IpPrefix::toString).hasValue("10.0.0.1/32");
    assertThat(Addresses.prefix("10.0.0.1/24")).map(IpPrefix::length).hasValue(24);
    assertThat(Addresses.prefix("2001:db8::1")).map(IpPrefix::length).hasValue(128);
    assertThat(Addresses.prefix("10.0.0.1/33")).isEmpty();
    assertThat(Addresses.prefix("10.0.0.1/")).isEmpty();
    assertThat(Addresses.lenientPrefix("10.0.0.1/33")).map(IpPrefix::length).hasValue(32);
    assertThat(Addresses.lenientPrefix("x/33")).isEmpty();
    assertThat(Addresses.prefix("10.0.0.128/25").orElseThrow().isNetwork()).isTrue();
    assertThat(Addresses.prefix("10.0.0.129/25").orElseThrow().isNetwork()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "10.0.0.1, 10.0.0.1, 10.0.0.1, 1",
    "10.0.0.1-10, 10.0.0.1, 10.0.0.10, 10",
    "10.0.0.250-10.0.1.5, 10.0.0.250, 10.0.1.5, 12",
    "10.0.0.1-10.0.0.1, 10.0.0.1, 10.0.0.1, 1",
    "10.0.0.0/30, 10.0.0.0, 10.0.0.3, 4",
    "2001:db8::1-a, 2001:db8::1, 2001:db8::a, 10",
    "2001:db8::1-100, 2001:db8::1, 2001:db8::100, 256",
    "2001:db8::/126, 2001:db8::, 2001:db8::3, 4",
  })
  void ranges(String text, String first, String last, int size) {
    AddressRange range = AddressRange.read(text).orElseThrow();
    assertThat(range.first()).isEqualTo(Addresses.ip(first).orElseThrow());
    assertThat(range.last()).isEqualTo(Addresses.ip(last).orElseThrow());
    assertThat(range.addresses()).hasSize(size).startsWith(range.first()).endsWith(range.last());
    assertThat(range.addresses()).allMatch(range::contains);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.4-6, 10.0.0.3",
    "10.0.0.4-6, 10.0.0.7",
    "10.0.0.4-6, 10.0.1.5",
    "127.255.255.0-128.0.0.255, 129.0.0.1",
    "10.0.0.0/8, ::a00:1",
    "fd00::1-a, fd00::b"
  })
  void othersAreNotInARange(String range, String other) {
    assertThat(AddressRange.read(range).orElseThrow().contains(Addresses.ip(other).orElseThrow()))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.5-5",
        "10.0.0.5-4",
        "10.0.0.1-256",
        "10.0.0.5-10.0.0.4",
        "10.0.0.1-::1",
        "10.0.0.1/24",
        "10.0.0.0/0",
        "2001:db8::a-9",
        "2001:db8::1-10000",
        "10.0.0.1-",
        "-5",
        "x",
        "10.0.0.1-a"
      })
  void no_ranges(String text) {
    assertThat(AddressRange.read(text)).isEmpty();
  }

  @Test
  void octets() {
    assertThat(Addresses.mac("02:00:5e:10:0:7f")).hasValue(new byte[] {2, 0, 0x5e, 0x10, 0, 0x7f});
    assertThat(Addresses.mac("02:00:5e:10:00")).map(m -> m.length).hasValue(5);
    assertThat(Addresses.mac("02:00:5e:10")).isEmpty();
    assertThat(Addresses.mac("02-00-5e-10-00-7f")).isEmpty();
    assertThat(Addresses.hex("00ff")).hasValue(new byte[] {0, (byte) 0xff});
    assertThat(Addresses.hex("0")).isEmpty();
    assertThat(Addresses.hex("0g")).isEmpty();
  }
}
