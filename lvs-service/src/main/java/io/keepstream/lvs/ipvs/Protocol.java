package io.keepstream.lvs.ipvs;

import java.util.Arrays;
import java.util.Optional;

/** A transport protocol that IPVS balances. */
public enum Protocol {
  TCP(6),
  UDP(17),
  SCTP(132);

  private final int number;

  Protocol(int number) {
    this.number = number;
  }

  /** The protocol of number {@code number}. */
  public static Optional<Protocol> ofNumber(int number) {
    return Arrays.stream(values()).filter(each -> each.number == number).findFirst();
  }

  /** The protocol's number in the IP header. */
  public int number() {
    return number;
  }
}
