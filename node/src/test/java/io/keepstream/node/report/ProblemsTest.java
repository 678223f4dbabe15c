package io.keepstream.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.TransitionCause.Reason;
import io.keepstream.contract.event.VrrpState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  @Test
  void nothingIsWrongWhereAllIsWell() {
    assertThat(Problems.of(Reports.well())).isEmpty();
    assertThat(Problems.ofReadiness(Reports.well())).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsNamed() {
    assertThat(Problems.of(Reports.ill()))
        .containsExactly(
            "election does not answer",
            "real server [10.0.1.1]:tcp:80 of [10.0.0.100]:tcp:80 is down",
            "virtual server [10.0.0.100]:tcp:80 has no quorum",
            "webhook ops does not deliver, 3 events wait: HTTP 500",
            "webhook ops has 1 dead letter(s)");
  }

  @Test
  void aServiceThatNeverRanIsMissedByNobody() {
    NodeReport alone =
        new NodeReport(
            List.of(
                Reports.fresh(Service.ELECTION, Reports.master()),
                Reports.absent(Service.HEALTH),
                Reports.absent(Service.LVS),
                Reports.absent(Service.NOTIFIER)));
    assertThat(Problems.of(alone)).isEmpty();
  }

  @Test
  void aServiceWhoseProcessWasThereIsMissed() {
    NodeReport node =
        new NodeReport(
            List.of(
                Reports.fresh(Service.ELECTION, Reports.master()),
                Reports.missing(Service.HEALTH)));
    assertThat(Problems.of(node)).containsExactly("health does not answer");
  }

  @Test
  void whoIsInFaultIsNotReadyButWhoseServersAreDownIs() {
    TransitionCause cause =
        new TransitionCause(Reason.FAULT, null, List.of("interface eth0 is down"), null);
    NodeReport faulty =
        new NodeReport(
            List.of(
                Reports.fresh(Service.ELECTION, Reports.election(VrrpState.FAULT, cause)),
                Reports.fresh(Service.HEALTH, Reports.health(false))));
    assertThat(Problems.ofReadiness(faulty))
        .containsExactly("VI_1 is in FAULT: fault: interface eth0 is down");
  }
}
