package io.keepstream.election.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.election.announce.AnnounceSchedule.Step;
import org.junit.jupiter.api.Test;

class AnnounceScheduleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long T = 7 * SECOND;
  private static final AnnounceConfig DEFAULTS =
      new AnnounceConfig(5, 5 * SECOND, 0, 1, 5, 5 * SECOND);

  @Test
  void twoBurstsOnBecomingMaster() {
    Step first = AnnounceSchedule.becameMaster(DEFAULTS, T);
    assertThat(first.rounds()).isEqualTo(5);
    assertThat(first.next().deadlineNanos()).isEqualTo(T + 5 * SECOND);
    assertThat(first.next().due(DEFAULTS, T + 5 * SECOND - 1).rounds()).isZero();

    Step second = first.next().due(DEFAULTS, T + 5 * SECOND);
    assertThat(second.rounds()).isEqualTo(5);
    assertThat(second.next()).isEqualTo(AnnounceSchedule.idle());
  }

  @Test
  void noSecondBurstWithoutDelay() {
    AnnounceConfig once = new AnnounceConfig(1, 0, 0, 1, 1, 0);
    assertThat(AnnounceSchedule.becameMaster(once, T))
        .isEqualTo(new Step(1, AnnounceSchedule.idle()));
  }

  @Test
  void refreshFirstAfterDelayAndPeriodThenEveryPeriod() {
    AnnounceConfig refreshing = new AnnounceConfig(5, 5 * SECOND, 60 * SECOND, 2, 5, 5 * SECOND);
    AnnounceSchedule second =
        AnnounceSchedule.becameMaster(refreshing, T).next().due(refreshing, T + 5 * SECOND).next();
    assertThat(second.deadlineNanos()).isEqualTo(T + 65 * SECOND);

    Step refresh = second.due(refreshing, T + 65 * SECOND);
    assertThat(refresh.rounds()).isEqualTo(2);
    assertThat(refresh.next().deadlineNanos()).isEqualTo(T + 125 * SECOND);
  }

  @Test
  void aReloadStartsMovesAndEndsTheRefresh() {
    AnnounceConfig refreshing = new AnnounceConfig(5, 5 * SECOND, 60 * SECOND, 2, 5, 5 * SECOND);
    AnnounceSchedule none = AnnounceSchedule.becameMaster(DEFAULTS, T).next();

    AnnounceSchedule started = none.reconfigured(DEFAULTS, refreshing, T);
    assertThat(started.refreshDeadlineNanos()).isEqualTo(T + 60 * SECOND);
    assertThat(started.burstDeadlineNanos()).isEqualTo(none.burstDeadlineNanos());
    assertThat(started.reconfigured(refreshing, refreshing, T + SECOND)).isEqualTo(started);
    assertThat(started.reconfigured(refreshing, DEFAULTS, T + SECOND)).isEqualTo(none);
  }

  @Test
  void lowerPriorityBurstsMerge() {
    AnnounceSchedule once = AnnounceSchedule.idle().lowerPriorityHeard(DEFAULTS, T).next();
    Step again = once.lowerPriorityHeard(DEFAULTS, T + SECOND);
    assertThat(again.rounds()).isEqualTo(5);
    assertThat(again.next().deadlineNanos()).isEqualTo(T + 5 * SECOND);
    assertThat(again.next().due(DEFAULTS, T + 5 * SECOND))
        .isEqualTo(new Step(5, AnnounceSchedule.idle()));
  }

  @Test
  void lowerPriorityMayBeSilent() {
    AnnounceConfig silent = new AnnounceConfig(5, 5 * SECOND, 0, 1, 0, 0);
    assertThat(AnnounceSchedule.idle().lowerPriorityHeard(silent, T))
        .isEqualTo(new Step(0, AnnounceSchedule.idle()));
  }

  @Test
  void aNetworkThatIsBackIsToldAsByANewMaster() {
    AnnounceConfig silent = new AnnounceConfig(4, 5 * SECOND, 60 * SECOND, 1, 0, 0);
    AnnounceSchedule master =
        AnnounceSchedule.becameMaster(silent, T).next().due(silent, T + 5 * SECOND).next();
    Step back = master.networkBack(silent, T + 20 * SECOND);
    assertThat(back.rounds()).isEqualTo(4);
    assertThat(back.next()).isEqualTo(new AnnounceSchedule(T + 25 * SECOND, 4, T + 65 * SECOND));
  }
}
