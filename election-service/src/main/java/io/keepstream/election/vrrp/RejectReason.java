package io.keepstream.election.vrrp;

/** Why a packet was not believed. */
public enum RejectReason {
  PACKET_LENGTH("packetLengthErrors", "wrong length for what it holds"),
  VRID("vridErrors", "another VRID"),
  IP_TTL("ipTtlErrors", "TTL or hop limit of a sender too far away"),
  VERSION("versionErrors", "another version of VRRP"),
  INVALID_AUTH_TYPE("invalidAuthType", "unknown type of authentication"),
  AUTH_TYPE_MISMATCH("authTypeMismatch", "another auth_type than ours"),
  AUTH_FAILURE("authFailure", "wrong password or key, altered, or sent before"),
  AUTH_EXT_MISSING("authExtMissing", "not signed"),
  AUTH_EXT_MALFORMED("authExtMalformed", "malformed signature"),
  AUTH_EXT_UNKNOWN_KEY("authExtUnknownKey", "signed by a key we do not have"),
  AUTH_EXT_INVALID_HMAC("authExtInvalidHmac", "wrong key or altered"),
  AUTH_EXT_STALE("authExtStale", "signed too long ago, or clocks differ"),
  AUTH_EXT_REPLAY("authExtReplay", "signed and sent before"),
  ADVERT_INTERVAL("advertIntervalErrors", "another interval than ours, or none"),
  INVALID_TYPE("invalidTypeErrors", "not an advert"),
  CHECKSUM("checksumErrors", "wrong checksum"),
  ADDRESS_LIST("addressListErrors", "no addresses"),
  SOURCE("sourceErrors", "sender is not a configured peer");

  private final String counter;
  private final String words;

  RejectReason(String counter, String words) {
    this.counter = counter;
    this.words = words;
  }

  /** The counter's name in snapshots, events and metrics, after the VRRPv3 MIB. */
  public String counter() {
    return counter;
  }

  /** What was wrong with a packet, in a few words for people. */
  public String words() {
    return words;
  }
}
