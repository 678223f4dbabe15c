package io.keepstream.health.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
import io.keepstream.runtime.script.ScriptCommand;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrackerReaderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String TRACKED = "vrrp_instance VI_1 {\n track_script {\n chk\n }\n}\n";

  @Test
  void theScriptOfTheTutorial() {
    Configured configured =
        Configured.of(
            """
            vrrp_script chk_9443 {
              script "/bin/bash -c 'if [[ $(netstat -nlp | grep 9443) ]]; then exit 0; else exit 1; fi'"
              interval 2
              fall 3
              rise 2
            }
            vrrp_instance VI_1 {
              track_script {
                chk_9443 weight 20
              }
            }
            """);
    assertThat(configured.said()).isEmpty();
    assertThat(configured.tracker("chk_9443"))
        .isEqualTo(
            new CheckConfig(
                new Target.Script(
                    new ScriptCommand(
                        List.of(
                            "/bin/bash",
                            "-c",
                            "if [[ $(netstat -nlp | grep 9443) ]]; then exit 0; else exit 1; fi"),
                        null,
                        null)),
                new CheckRules(
                    new Schedule(0, 0, 2 * SECOND, Schedule.ON_SCHEDULE),
                    new Counting(2, 3, false),
                    2 * SECOND,
                    FailureReason.SCRIPT_TIMEOUT),
                false));
  }

  @Test
  void nothingSaidMeansOnceASecondAndOneResultEitherWay() {
    assertThat(script("").tracker("chk").rules())
        .isEqualTo(
            new CheckRules(
                new Schedule(0, 0, SECOND, Schedule.ON_SCHEDULE),
                new Counting(1, 1, false),
                SECOND,
                FailureReason.SCRIPT_TIMEOUT));
  }

  @Test
  void timesAndInitFail() {
    CheckRules rules = script("interval 0\n timeout 0.5\n init_fail").tracker("chk").rules();
    assertThat(rules.schedule().periodNanos()).isEqualTo(SECOND);
    assertThat(rules.timeoutNanos()).isEqualTo(SECOND / 2);
    assertThat(rules.counting().startsFailed()).isTrue();
    assertThat(script("interval 3\n timeout 0").tracker("chk").rules().timeoutNanos())
        .isEqualTo(SECOND);
  }

  @Test
  void whoRunsAScript() {
    assertThat(user("", "")).isEqualTo("null:null");
    assertThat(user("script_user nobody", "")).isEqualTo("nobody:null");
    assertThat(user("script_user nobody", "user daemon nobody")).isEqualTo("daemon:nobody");
    assertThat(user("", "user daemon :nobody")).isEqualTo("daemon:nobody+");
  }

  @Test
  void theUserKeepalivedScriptIsTheDefaultWhereItExists() {
    Configured configured = Configured.of(text("", "") + TRACKED, Set.of("keepalived_script"));
    assertThat(userOf(configured)).isEqualTo("keepalived_script:null");
  }

  @Test
  void scriptsOfASyncGroupAreTracked() {
    assertThat(
            Configured.of(text("", "") + "vrrp_sync_group G {\n track_script {\n chk\n }\n}\n")
                .followed("chk"))
        .isNotNull();
  }

  @Test
  void aScriptThatNobodyTracksIsNotRun() {
    Configured configured = Configured.of(text("", ""));
    assertThat(configured.config().scripts()).isEmpty();
    assertThat(configured.said())
        .isEqualTo("4:1: warning: vrrp_script: nobody tracks this script, so it is not run");
  }

  @Test
  void aScriptThatCannotBeRunHereIsLeftOutAndSaid() {
    leavesOut(script("user stranger"), "there is no user `stranger` here");
    leavesOut(script("user nobody stranger"), "there is no group `stranger` here");
    leavesOut(
        Configured.of("\n\n\nvrrp_script chk {\n script /opt/absent\n}\n" + TRACKED),
        "`/opt/absent` cannot be run here");
    leavesOut(
        Configured.of("\n\n\nvrrp_script chk {\n interval 1\n}\n" + TRACKED), "there is no script");
  }

  @Test
  void aScriptThatIsNotSecureIsLeftOutWhereSecurityIsAskedFor() {
    String text = "global_defs {\n enable_script_security\n}\n";
    Configured configured =
        Configured.of(text + "vrrp_script chk {\n script /bin/open\n user root\n}\n" + TRACKED);
    leavesOut(configured, "others than root may write to `/bin/open`");
    assertThat(configured.problems().getFirst().kind()).isEqualTo(Diagnostic.Kind.SECURITY);
  }

  private static void leavesOut(Configured configured, String why) {
    assertThat(configured.followed("chk")).isEqualTo(new TrackerConfig.LeftOut("not run: " + why));
    assertThat(configured.said())
        .isEqualTo("4:1: warning: vrrp_script: " + why + ", so the script is not run");
  }

  private static String user(String global, String local) {
    return userOf(Configured.of(text(global, local) + TRACKED));
  }

  private static String userOf(Configured configured) {
    ScriptCommand command = ((Target.Script) configured.tracker("chk").target()).command();
    return command.user() + ":" + command.group() + (command.supplementaryGroups() ? "+" : "");
  }

  private static Configured script(String words) {
    return Configured.of(text("", words) + TRACKED);
  }

  private static String text(String global, String words) {
    return "global_defs {\n%s\n}\nvrrp_script chk {\n  script /bin/true\n  %s\n}\n"
        .formatted(global, words);
  }
}
