package io.keepstream.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepstream.contract.Service;
import io.keepstream.runtime.ContractJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  @Test
  void allThatThereIsWithAgeAndCause() {
    assertThat(StatusText.of(Reports.well()))
        .isEqualTo(
            """
            All is well.

            INSTANCE  STATE   SINCE  PRIORITY  ADDRESSES                    BECAUSE
            VI_1      MASTER  12 s   200       10.0.0.100/24 10.0.0.101/32  no advert from a MASTER

            SERVER               STATE   SINCE       WEIGHT  CONNECTIONS  BECAUSE
            [10.0.0.100]:tcp:80  quorum  1 min 1 s
              [10.0.1.1]:tcp:80  up      1 min 30 s  1       -

            DATAPLANE  LAST READ  SYNC DAEMONS
            ipvs       never

            TRACKER     STATE  SINCE       BECAUSE
            script chk  good   1 min 30 s

            SINK         STATE     SINCE    DELIVERED  WAITING  LAG  DEAD  BECAUSE
            webhook ops  delivers  5.000 s  40         0        -    0

            SERVICE   STATE    LAST SNAPSHOT
            election  answers  0.000 s ago
            health    answers  0.000 s ago
            lvs       answers  0.000 s ago
            notifier  answers  0.000 s ago
            """);
  }

  @Test
  void whoDoesNotAnswerIsNeverShownAsMaster() {
    assertThat(StatusText.of(Reports.ill()))
        .startsWith("Not well:\n  election does not answer\n")
        .containsPattern(
            "VI_1 +stale  -  .* election does not answer; it was MASTER 7\\.000 s ago\n")
        .containsPattern("election  silent   7\\.000 s ago\n")
        .containsPattern("webhook ops  fails .* 3 +1 min 5 s  1 +HTTP 500\n");
  }

  @Test
  void realServersAreShownWithoutTheServiceThatBalances() {
    NodeReport report =
        new NodeReport(
            List.of(
                Reports.absent(Service.ELECTION),
                Reports.fresh(Service.HEALTH, Reports.health(true)),
                Reports.absent(Service.LVS),
                Reports.absent(Service.NOTIFIER)));
    assertThat(StatusText.of(report))
        .containsPattern("\\[10.0.0.100]:tcp:80  -  .*lvs says nothing of it\n")
        .containsPattern("  \\[10.0.1.1]:tcp:80  up     1 min 30 s  -")
        .doesNotContain("INSTANCE", "SINK", "notifier");
  }

  @Test
  void aServiceThatNeverSaidAnythingIsMissing() {
    NodeReport report =
        new NodeReport(
            List.of(
                Reports.fresh(Service.ELECTION, Reports.master()),
                Reports.missing(Service.HEALTH),
                Reports.absent(Service.LVS),
                Reports.missing(Service.NOTIFIER)));
    assertThat(StatusText.of(report))
        .startsWith("Not well:\n  health does not answer\n  notifier does not answer\n")
        .containsPattern("health    silent   never, missing for 9\\.000 s\n")
        .doesNotContain("lvs");
  }

  @Test
  void whatOperatorsHaveSetIsShown() {
    assertThat(StatusText.of(Reports.overridden()))
        .contains(
            """
            OVERRIDDEN         OF                   SINCE    BY    TO
            this node                               2.000 s  eve   draining, 3 active, 0 inactive and 0 \
            persistent connections, out when empty: new kernel
            [10.0.1.7]:tcp:80  [10.0.0.100]:tcp:80  9.000 s  root  added with weight 2; nothing \
            checks it
            """);
  }

  @Test
  void aReportIsTheSameAfterItsWayThroughJson() throws JsonProcessingException {
    ObjectMapper mapper = ContractJson.mapper();
    NodeReport report = Reports.ill();
    assertThat(mapper.readValue(mapper.writeValueAsString(report), NodeReport.class))
        .isEqualTo(report);
  }
}
