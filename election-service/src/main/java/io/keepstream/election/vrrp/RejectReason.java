package io.keepstream.election.vrrp;

/** Why a packet was not believed. */
public enum RejectReason {
  PACKET_LENGTH("packetLengthErrors"),
  VRID("vridErrors"),
  IP_TTL("ipTtlErrors"),
  VERSION("versionErrors"),
  INVALID_AUTH_TYPE("invalidAuthType"),
  AUTH_TYPE_MISMATCH("authTypeMismatch"),
  AUTH_FAILURE("authFailure"),
  AUTH_EXT_MISSING("authExtMissing"),
  AUTH_EXT_MALFORMED("authExtMalformed"),
  AUTH_EXT_UNKNOWN_KEY("authExtUnknownKey"),
  AUTH_EXT_INVALID_HMAC("authExtInvalidHmac"),
  AUTH_EXT_STALE("authExtStale"),
  AUTH_EXT_REPLAY("authExtReplay"),
  ADVERT_INTERVAL("advertIntervalErrors"),
  INVALID_TYPE("invalidTypeErrors"),
  CHECKSUM("checksumErrors"),
  ADDRESS_LIST("addressListErrors"),
  SOURCE("sourceErrors");

  private final String counter;

  RejectReason(String counter) {
    this.counter = counter;
  }

  /** The counter's name in snapshots, events and metrics, after the VRRPv3 MIB. */
  public String counter() {
    return counter;
  }
}
