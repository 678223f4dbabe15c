package io.keepstream.election.vrrp;

/** What decoding a packet gave. */
public sealed interface Decoded {

  /**
   * A packet to be believed.
   *
   * @param form the checksum form it was sent with
   * @param addressesDiffer whether it lists other addresses than the receiver has; to be counted,
   *     not refused
   */
  record Accepted(Advertisement advertisement, ChecksumForm form, boolean addressesDiffer)
      implements Decoded {}

  /** A packet to be counted and dropped. */
  record Rejected(RejectReason reason) implements Decoded {}
}
