package io.keepstream.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.value.Addresses;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.node.report.NodeReport;
import io.keepstream.node.report.Reports;
import org.junit.jupiter.api.Test;

class MastershipTest {
  @Test
  void aMasterIsWhoAnswersAndSaysSo() {
    assertThat(of("10.0.0.101", Reports.well()))
        .isEqualTo(
            new Mastership("10.0.0.101", true, true, "VI_1", VrrpState.MASTER, 12_000L, true));
  }

  @Test
  void whoDoesNotAnswerIsNeverMaster() {
    assertThat(of("10.0.0.101", Reports.ill()))
        .isEqualTo(new Mastership("10.0.0.101", false, false, null, null, null, false));
  }

  @Test
  void anAddressOfNobodyIsUnknown() {
    assertThat(of("10.0.0.7", Reports.well()))
        .isEqualTo(new Mastership("10.0.0.7", false, false, null, null, null, true));
  }

  private static Mastership of(String vip, NodeReport report) {
    return Mastership.of(Addresses.ip(vip).orElseThrow(), report);
  }
}
