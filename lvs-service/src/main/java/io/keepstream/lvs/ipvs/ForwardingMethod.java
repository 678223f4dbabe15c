package io.keepstream.lvs.ipvs;

/** How packets get to a destination. */
public enum ForwardingMethod implements Numbered {
  MASQUERADE(0, "NAT"),
  LOCAL(1, "local"),
  TUNNEL(2, "TUN"),
  DIRECT_ROUTE(3, "DR"),
  BYPASS(4, "bypass");

  private final int number;
  private final String word;

  ForwardingMethod(int number, String word) {
    this.number = number;
    this.word = word;
  }

  @Override
  public int number() {
    return number;
  }

  /** keepalived's word for it. */
  public String word() {
    return word;
  }
}
