package io.keepstream.election.bfd;

/** Why a packet was not believed (RFC 5880 section 6.8.6, RFC 5881 section 5). */
public enum RejectReason {
  LENGTH("lengthErrors"),
  VERSION("versionErrors"),
  MULTIPLIER("multiplierErrors"),
  MULTIPOINT("multipointErrors"),
  MY_DISCRIMINATOR("myDiscriminatorErrors"),
  /** Zero although the sender claims to hear us, or not the one we gave this neighbour. */
  YOUR_DISCRIMINATOR("yourDiscriminatorErrors"),
  AUTHENTICATION("authenticationErrors"),
  POLL_AND_FINAL("pollAndFinalErrors"),
  HOP_LIMIT("hopLimitErrors");

  private final String counter;

  RejectReason(String counter) {
    this.counter = counter;
  }

  /** The counter's name in snapshots and events. */
  public String counter() {
    return counter;
  }
}
