package io.keepstream.lvs.ipvs;

/** A transport protocol that IPVS balances. */
public enum Protocol implements Numbered {
  TCP(6),
  UDP(17),
  SCTP(132);

  private final int number;

  Protocol(int number) {
    this.number = number;
  }

  /** The protocol's number in the IP header. */
  @Override
  public int number() {
    return number;
  }
}
