package io.keepstream.election.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.election.explain.RouterView;
import io.keepstream.election.explain.Views;
import io.keepstream.election.machine.State;
import io.keepstream.election.machine.Tracking.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Formats as keepalived 2.2.7 wrote them from the same words. */
class DumpsTest {
  private static final Instant SINCE = Instant.ofEpochSecond(1795370035, 657_803_000);

  private final RouterView view =
      Views.view(
          Views.instance("priority 100\nnopreempt\ntrack_script {\n chk weight 10\n}"),
          new State.Master(Views.NOW, Views.NOW),
          Verdict.UP);

  @Test
  void statisticsCountFromTheLastClearing() {
    assertThat(StatsDump.of("VI_1", Statistics.of(view, Map.of("adverSent", 5L))))
        .isEqualTo(
            """
            VRRP Instance: VI_1
              Advertisements:
                Received: 3
                Sent: 2
              Became master: 1
              Released master: 0
              Packet Errors:
                Length: 0
                TTL: 0
                Invalid Type: 0
                Advertisement Interval: 0
                Address List: 0
              Authentication Errors:
                Invalid Type: 0
                Type Mismatch: 0
                Failure: 0
              Priority Zero:
                Received: 0
                Sent: 0
            """);
  }

  @Test
  @SuppressWarnings("unchecked") // the file is maps of maps
  void jsonHasKeepalivedsNamesAndTypes() {
    Map<String, Object> entry = JsonDump.entry(view, Statistics.of(view, Map.of()), SINCE);
    Map<String, Object> data = new LinkedHashMap<>((Map<String, Object>) entry.get("data"));
    assertThat(data)
        .containsEntry("iname", "VI_1")
        .containsEntry("last_transition", new BigDecimal("1795370035.657803"))
        .containsEntry("dont_track_primary", 0)
        .containsEntry("effective_priority", 110)
        .containsEntry("nopreempt", true)
        .containsEntry("adver_int", new BigDecimal("1"))
        .containsEntry("state", 2)
        .containsEntry("vips", List.of("10.0.0.100/24 dev eth0 scope global set"))
        .containsEntry("track_script", List.of("'/bin/true'"))
        .doesNotContainKey("evips");
    assertThat((Map<String, Object>) entry.get("stats"))
        .containsEntry("advert_sent", 7L)
        .hasSize(14);
    assertThat(JsonDump.file(1, List.of(entry))).isEqualTo(List.of(entry));
    assertThat(JsonDump.file(2, List.of(entry)))
        .isEqualTo(Map.of("vrrp", List.of(entry), "track_process", List.of()));
  }

  @Test
  void dataHasTheLinesThatExportersRead() {
    assertThat(DataDump.file(List.of(view), any -> SINCE.atZone(ZoneOffset.UTC)).lines())
        .contains(
            " VRRP Instance = VI_1",
            "   State = MASTER",
            "   Wantstate = MASTER",
            "   Last transition = 1795370035.657803 (Sun Nov 22 17:53:55.657803 2026)",
            "   Interface = eth0",
            "   Gratuitous ARP delay = 5",
            "   Virtual Router ID = 51",
            "   Priority = 100",
            "   Effective priority = 110",
            "   Advert interval = 1 sec",
            "   Virtual IP (1):",
            "     10.0.0.100/24 dev eth0 scope global set",
            " VRRP Script = chk",
            "   Status = GOOD");
  }
}
