package io.keepstream.election.dump;

import io.keepstream.election.explain.RouterView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An instance's statistics in keepalived's order, since they were last cleared.
 *
 * @param values by the names of keepalived.json
 */
public record Statistics(Map<String, Long> values) {
  /** Our counter behind each of keepalived's. */
  private static final List<Map.Entry<String, String>> NAMES =
      List.of(
          Map.entry("advert_rcvd", "adverRcvd"),
          Map.entry("advert_sent", "adverSent"),
          Map.entry("become_master", "becameMaster"),
          Map.entry("release_master", "releasedMaster"),
          Map.entry("packet_len_err", "packetLengthErrors"),
          Map.entry("advert_interval_err", "advertIntervalErrors"),
          Map.entry("ip_ttl_err", "ipTtlErrors"),
          Map.entry("invalid_type_rcvd", "invalidTypeErrors"),
          Map.entry("addr_list_err", "addressListErrors"),
          Map.entry("invalid_authtype", "invalidAuthType"),
          Map.entry("authtype_mismatch", "authTypeMismatch"),
          Map.entry("auth_failure", "authFailure"),
          Map.entry("pri_zero_rcvd", "priorityZeroRcvd"),
          Map.entry("pri_zero_sent", "priorityZeroSent"));

  public Statistics {
    values = Map.copyOf(values);
  }

  /** keepalived's names in keepalived's order. */
  static List<String> names() {
    return NAMES.stream().map(Map.Entry::getKey).toList();
  }

  long value(String name) {
    return values.getOrDefault(name, 0L);
  }

  /**
   * What {@code view} has counted.
   *
   * @param cleared what it had counted when it was last cleared; empty for never
   */
  public static Statistics of(RouterView view, Map<String, Long> cleared) {
    Map<String, Long> values = new HashMap<>();
    NAMES.forEach(
        name ->
            values.put(
                name.getKey(),
                view.counter(name.getValue()) - cleared.getOrDefault(name.getValue(), 0L)));
    return new Statistics(values);
  }
}
