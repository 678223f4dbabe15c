package io.keepstream.health.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The record types that can be asked for, with their numbers (RFC 1035, 3596, 4034). */
public enum DnsType {
  A(1),
  NS(2),
  CNAME(5),
  SOA(6),
  MX(15),
  TXT(16),
  AAAA(28),
  RRSIG(46),
  DNSKEY(48);

  private final int number;

  DnsType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The type of that name in any case. */
  public static Optional<DnsType> of(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return Stream.of(values()).filter(type -> type.name().equals(wanted)).findFirst();
  }
}
