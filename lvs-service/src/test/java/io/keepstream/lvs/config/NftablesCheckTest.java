package io.keepstream.lvs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.lvs.ipvs.Dataplane;
import io.keepstream.lvs.ipvs.ServiceFlag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of words that nftables cannot carry out. */
class NftablesCheckTest {
  private static final String SERVER =
      """
      virtual_server 10.0.0.1 80 {
        protocol UDP
        SCHEDULER
        LINE
        real_server 10.1.0.1 80 {
          REAL
        }
      }
      """;

  private static String text(String global, String scheduler, String line, String real) {
    String globals = "global_defs {\n  %s\n}\n".formatted(global);
    return globals
        + SERVER.replace("SCHEDULER", scheduler).replace("LINE", line).replace("REAL", real);
  }

  private static List<String> errors(String text) {
    return ConfigText.read(text).diagnostics().stream()
        .filter(Diagnostic::isError)
        .map(Diagnostic::toString)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lvs_sched lc | '' | '' | f:6:3: error: nftables cannot do scheduler lc; it can do rr, wrr,"
            + " sh, mh",
        "'' | '' | '' | f:4:1: error: nftables cannot do scheduler wlc, which is the default; it can"
            + " do rr, wrr, sh, mh",
        "lvs_sched rr | lvs_method DR | '' | f:7:3: error: nftables cannot do forwarding method DR;"
            + " it can do NAT",
        "lvs_sched rr | lvs_method NAT | lvs_method TUN | f:9:5: error: nftables cannot do forwarding"
            + " method TUN; it can do NAT",
        "lvs_sched rr | ops | '' | f:7:3: error: nftables cannot do one-packet scheduling",
        "lvs_sched rr | persistence_engine sip | '' | f:7:3: error: nftables cannot do persistence"
            + " engines",
        "lvs_sched rr | '' | uthreshold 5 | f:9:5: error: nftables cannot do thresholds",
      })
  void eachLineThatCannotBeDoneIsAnError(String scheduler, String line, String real, String error) {
    assertThat(errors(text("dataplane nftables", scheduler, line, real))).containsExactly(error);
    assertThat(errors(text("dataplane auto", scheduler, line, real))).isEmpty();
    DataplaneRule rule = ConfigText.read(text("", scheduler, line, real)).config().dataplane();
    assertThat(rule.refusal()).contains(error.replace("error: ", ""));
  }

  @Test
  void theWholeTableHasItsLimitsToo() {
    String globals = "dataplane nftables\n  lvs_timeouts tcp 5\n  lvs_sync_daemon eth0";
    assertThat(errors(text(globals, "lvs_sched rr", "", "")))
        .containsExactly(
            "f:4:3: error: nftables cannot do sync daemons",
            "f:3:3: error: nftables cannot do IPVS timeouts; set"
                + " net.netfilter.nf_conntrack_*_timeout");
  }

  @Test
  void whateverTheKernelHasIsTheDefault() {
    LvsConfig config = ConfigText.read(text("", "lvs_sched rr", "", "")).config();
    assertThat(config.dataplane()).isEqualTo(DataplaneRule.ANY);
    assertThat(config.dataplane().refusal()).isEmpty();
    config = ConfigText.read(text("dataplane ipvs", "lvs_sched rr", "", "")).config();
    assertThat(config.dataplane().chosen()).isEqualTo(Optional.of(Dataplane.IPVS));
    assertThat(config.dataplane().refusal()).contains("dataplane ipvs");
  }

  @Test
  void onlyNftablesMasquerades() {
    String word = "masquerade\n  lvs_sched wrr";
    ConfigText.Result nftables = ConfigText.read(text("dataplane nftables", "", word, ""));
    assertThat(nftables.config().virtualServers().getFirst().services().getFirst().flags())
        .containsExactly(ServiceFlag.MASQUERADE);
    ConfigText.Result ipvs = ConfigText.read(text("", "", word, ""));
    assertThat(ipvs.config().virtualServers().getFirst().services().getFirst().flags()).isEmpty();
    assertThat(ipvs.diagnostics().toString())
        .contains("f:7:3: warning: masquerade has no effect without dataplane nftables");
  }
}
