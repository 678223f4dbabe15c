package io.keepstream.election.explain;

import static io.keepstream.election.explain.Views.NOW;
import static io.keepstream.election.explain.Views.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.election.config.StartDelay;
import io.keepstream.election.config.SyncGroupConfig;
import io.keepstream.election.machine.State;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Heard;
import io.keepstream.election.machine.Tracking.Verdict;
import io.keepstream.election.vrrp.RejectReason;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final State MASTER = new State.Master(NOW + 400_000_000L, NOW);

  private static Heard heard(int priority) {
    return new Heard(InetAddress.ofLiteral("10.0.0.2"), priority, NOW);
  }

  private static Backup backup(Heard heard, Heard lower, long preemptNotBeforeNanos) {
    return new Backup(
        SECOND, NOW + 3_609_000_000L, heard, lower, preemptNotBeforeNanos, false, false);
  }

  private static List<String> next(String words, State state, Verdict verdict) {
    return Explanation.of(Views.view(instance(words), state, verdict)).next();
  }

  @Test
  void aBackupTakesOverWhenItsMasterFallsSilent() {
    assertThat(next("priority 100", backup(heard(150), null, State.NEVER), Verdict.UP))
        .containsExactly(
            "becomes MASTER in 3.609 s if 10.0.0.2 falls silent",
            "replaces any MASTER whose priority is below 100",
            "goes to FAULT if interface eth0 goes down");
    assertThat(next("", backup(null, null, State.NEVER), Verdict.UP))
        .contains("becomes MASTER in 3.609 s if no advert comes");
  }

  @Test
  void aBackupSaysWhomItReplacesAndWhen() {
    assertThat(next("priority 200", backup(heard(150), heard(150), NOW), Verdict.UP))
        .contains("becomes MASTER in 3.609 s, over 10.0.0.2, whose priority 150 is lower");
    assertThat(next("", backup(heard(0), null, State.NEVER), Verdict.UP))
        .contains("becomes MASTER in 3.609 s, since 10.0.0.2 has left");
    assertThat(next("priority 200\nnopreempt", backup(heard(150), null, State.NEVER), Verdict.UP))
        .contains(
            "does not replace a MASTER of lower priority, because of nopreempt; 10.0.0.2 has 150");
    assertThat(
            next(
                "priority 200\npreempt_delay 20",
                backup(heard(150), null, NOW + 12 * SECOND),
                Verdict.UP))
        .contains(
            "replaces 10.0.0.2, whose priority 150 is lower, after preempt_delay ends in 12 s");
  }

  @Test
  void aMasterSaysToWhomItYieldsAndWhatItsTrackersWouldChange() {
    String tracked = "priority 150\ntrack_script {\n chk weight -60\n}";
    assertThat(next(tracked, MASTER, Verdict.UP))
        .containsExactly(
            "yields to any advert of priority above 150, or of 150 from an address above 10.0.0.1",
            "goes to FAULT if interface eth0 goes down",
            "has priority 90 if script chk fails");
    assertThat(next("priority 150\ntrack_script {\n chk\n}", MASTER, Verdict.UP))
        .contains("goes to FAULT if script chk fails");
    assertThat(next("priority 255", MASTER, Verdict.UP))
        .contains("yields only to an advert of priority 255 from an address above 10.0.0.1");
  }

  @Test
  void aFaultNamesItsReasonsAndAStartWhatIsAwaited() {
    String tracked = "track_script {\n chk\n}";
    assertThat(next(tracked, new State.Fault(), Verdict.DOWN))
        .containsExactly("stays in FAULT while script chk is down");
    assertThat(next(tracked, new State.Init(), Verdict.UNKNOWN))
        .containsExactly("starts when script chk has reported");
  }

  @Test
  void aMasterSaysWhoseAdvertsItRefuses() {
    Refusal refusal =
        new Refusal(RejectReason.AUTH_EXT_INVALID_HMAC, "10.1.0.12", 123, NOW - 400_000_000L);
    RouterView view =
        Views.with(Views.view(instance(""), MASTER, Verdict.UP), refusal, null, StartDelay.OVER);
    assertThat(ExplanationText.of(Explanation.of(view)))
        .contains(
            "  refused    adverts of 10.1.0.12: wrong key or altered (authExtInvalidHmac), 123 so"
                + " far, last 0.400 s ago\n");
  }

  @Test
  void aStartDelayTellsHowLongItLasts() {
    RouterView view =
        Views.view(instance("track_script {\n chk\n}"), new State.Init(), Verdict.UNKNOWN);
    assertThat(Explanation.of(Views.with(view, null, null, NOW + 42 * SECOND)).next())
        .containsExactly(
            "starts after the start delay ends in 42 s", "starts when script chk has reported");
  }

  @Test
  void aMemberNamesItsGroupAndTheOthersThatFaultIt() {
    RouterView member = member("G1", MASTER, "VI_1", "LAN2", "LAN3");
    assertThat(ExplanationText.of(Explanation.of(member)))
        .contains(
            "  group      G1, with LAN2, LAN3\n",
            "goes to FAULT if LAN2 or LAN3 does, with sync group G1\n");
    assertThat(Explanation.of(member("G2", MASTER, "VI_1")).next())
        .noneMatch(line -> line.contains("sync group"));
  }

  @Test
  void aGroupListsItsMembers() {
    List<RouterView> views =
        List.of(
            member("G1", MASTER, "VI_1"),
            member("G1", new State.Fault(), "VI_1"),
            member("G2", MASTER, "VI_1"));
    assertThat(GroupExplanation.of("G1", views).map(ExplanationText::of))
        .hasValue(
            """
            G1 is a sync group; all of it is in FAULT when one member is
              VI_1             MASTER   since 5.000 s
              VI_1             FAULT    since 5.000 s
            """);
    assertThat(GroupExplanation.of("G3", views)).isEmpty();
  }

  private static RouterView member(String group, State state, String... members) {
    SyncGroupConfig config = new SyncGroupConfig(group, List.of(members));
    RouterView alone = Views.view(instance(""), state, Verdict.UP);
    return Views.with(alone, null, config, StartDelay.OVER);
  }

  @Test
  void peopleReadALinePerSubject() {
    String tracked = "priority 100\ntrack_script {\n chk weight 20\n}";
    RouterView view = Views.view(instance(tracked), MASTER, Verdict.UP);
    assertThat(ExplanationText.of(Explanation.of(view)))
        .isEqualTo(
            """
            VI_1 is MASTER since 5.000 s (VRRPv2, VRID 51 on eth0)
              because    no advert from a MASTER (5.000 s before now)
              priority   120 = 100 +20 (script chk)
              trackers   script chk is up, weight 20
              heard      10.0.0.2 priority 150, every 1.000 s, 0.250 s ago
              timers     Adver_Timer in 0.400 s
              addresses  10.0.0.100/24 (held here)
              next       yields to any advert of priority above 120, or of 120 from an address above 10.0.0.1
                         goes to FAULT if interface eth0 goes down
                         has priority 100 if script chk fails
            """);
  }
}
