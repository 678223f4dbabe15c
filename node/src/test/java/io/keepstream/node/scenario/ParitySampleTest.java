package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that are compared with keepalived's are of every word that makes them. */
class ParitySampleTest {
  private static final int LEAST = 30;

  @Test
  void thereAreEnough() {
    assertThat(ParitySample.all()).hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(ParitySample.all()).extracting(ParitySample::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "virtual_server \\d",
        "virtual_server fd",
        "virtual_server fwmark",
        "virtual_server group",
        "10\\.1\\.1\\.10-12 80",
        "10\\.1\\.1\\.30-10\\.1\\.1\\.31 83",
        "10\\.1\\.2\\.0/30",
        "fd01::10-12",
        "  fwmark 7",
        "fwmark 9 inet6",
        "ip_family inet6",
        "(lvs_sched|lb_algo) (rr|wrr|lc|wlc|lblc|lblcr|sh|mh|dh|fo|ovf|sed|nq|twos)$",
        "sh-port",
        "sh-fallback",
        "mh-port",
        "mh-fallback",
        "flag-1",
        "flag-2",
        "flag-3",
        "ops",
        "hashed",
        "(lvs_method|lb_kind) (NAT|DR|TUN)",
        "type (ipip|gue|gre)",
        " (nocsum|csum|remcsum)\\b",
        "protocol (TCP|UDP|SCTP)",
        "persistence_timeout( |$)",
        "persistence_granularity 255",
        "persistence_granularity 64",
        "persistence_engine",
        "weight \\d",
        "uthreshold",
        "lthreshold",
        "quorum \\d",
        "hysteresis",
        "sorry_server 10",
        "sorry_server_inhibit",
        "sorry_server_lvs_method",
        "^  inhibit_on_failure$",
        "inhibit_on_failure no",
        "alpha",
        "omega",
        "virtualhost",
        "ha_suspend",
        "quorum_up",
        "quorum_down",
        "notify_up",
        "notify_down",
        "rs_init_notifies",
        "lvs_notify_fifo",
        "lvs_flush$",
        "lvs_flush_onstop",
        "lvs_flush_on_stop$",
        "lvs_flush_on_stop VS",
        "lvs_timeouts .*(tcp |tcpfin |udp )",
        "lvs_sync_daemon vrrp0 id",
        "lvs_sync_daemon vrrp0 inst",
        "maxlen \\d+ port \\d+ ttl \\d+ group",
        "real_server fd"
      })
  void everyWordIsInOne(String word) {
    for (String each : alternatives(word)) {
      Pattern pattern = Pattern.compile(each);
      assertThat(ParitySample.all())
          .as(each)
          .anyMatch(
              sample -> sample.lines().stream().anyMatch(line -> pattern.matcher(line).find()));
    }
  }

  /** Of a choice with more than the form of a line, each. */
  private static List<String> alternatives(String word) {
    int open = word.lastIndexOf('(');
    int close = word.indexOf(')', Math.max(open, 0));
    if (open < 0 || word.substring(open, close).contains("$")) {
      return List.of(word);
    }
    return Pattern.compile("\\|")
        .splitAsStream(word.substring(open + 1, close))
        .map(each -> word.substring(0, open) + each + word.substring(close + 1))
        .toList();
  }
}
