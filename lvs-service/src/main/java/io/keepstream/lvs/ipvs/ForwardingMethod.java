package io.keepstream.lvs.ipvs;

/** How packets get to a destination; the ordinal is the kernel's number. */
public enum ForwardingMethod {
  MASQUERADE("NAT"),
  LOCAL("local"),
  TUNNEL("TUN"),
  DIRECT_ROUTE("DR"),
  BYPASS("bypass");

  private final String word;

  ForwardingMethod(String word) {
    this.word = word;
  }

  /** keepalived's word for it. */
  public String word() {
    return word;
  }
}
