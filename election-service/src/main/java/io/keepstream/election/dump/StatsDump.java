package io.keepstream.election.dump;

/** The part of {@code keepalived.stats} about one instance. */
public final class StatsDump {
  private StatsDump() {}

  /** The statistics of the instance called {@code name}. */
  public static String of(String name, Statistics counted) {
    return """
    VRRP Instance: %s
      Advertisements:
        Received: %d
        Sent: %d
      Became master: %d
      Released master: %d
      Packet Errors:
        Length: %d
        TTL: %d
        Invalid Type: %d
        Advertisement Interval: %d
        Address List: %d
      Authentication Errors:
        Invalid Type: %d
        Type Mismatch: %d
        Failure: %d
      Priority Zero:
        Received: %d
        Sent: %d
    """
        .formatted(
            name,
            counted.value("advert_rcvd"),
            counted.value("advert_sent"),
            counted.value("become_master"),
            counted.value("release_master"),
            counted.value("packet_len_err"),
            counted.value("ip_ttl_err"),
            counted.value("invalid_type_rcvd"),
            counted.value("advert_interval_err"),
            counted.value("addr_list_err"),
            counted.value("invalid_authtype"),
            counted.value("authtype_mismatch"),
            counted.value("auth_failure"),
            counted.value("pri_zero_rcvd"),
            counted.value("pri_zero_sent"));
  }
}
