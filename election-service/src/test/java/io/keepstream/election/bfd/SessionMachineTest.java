package io.keepstream.election.bfd;

import static io.keepstream.contract.event.BfdDiagnostic.DETECTION_TIME_EXPIRED;
import static io.keepstream.contract.event.BfdDiagnostic.NEIGHBOR_SIGNALED_DOWN;
import static io.keepstream.contract.event.BfdState.ADMIN_DOWN;
import static io.keepstream.contract.event.BfdState.DOWN;
import static io.keepstream.contract.event.BfdState.INIT;
import static io.keepstream.contract.event.BfdState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdState;
import io.keepstream.election.bfd.Session.Beat;
import io.keepstream.election.bfd.Session.Heard;
import io.keepstream.election.bfd.Session.Offer;
import io.keepstream.election.bfd.Session.Poll;
import io.keepstream.election.bfd.Session.Timing;
import io.keepstream.testkit.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of RFC 5880 section 6.8, with intervals of 300 ms out and 200 ms in. */
class SessionMachineTest {
  private static final long MILLI = 1_000_000;
  private static final long T = 50_000 * MILLI;
  private static final SessionConfig CONFIG =
      new SessionConfig(300_000, 200_000, 1_000_000, 3, false);
  private static final SessionConfig PASSIVE =
      new SessionConfig(300_000, 200_000, 1_000_000, 3, true);
  private static final Offer SLOW = new Offer(1_000_000, 200_000);
  private static final Offer FAST = new Offer(300_000, 200_000);
  private static final ControlPacket THEIRS = theirs(UP);

  @Proves("BF-002")
  @ParameterizedTest(name = "{0} hears {1}")
  @CsvSource({
    "DOWN, ADMIN_DOWN, DOWN, NONE",
    "DOWN, DOWN, INIT, NONE",
    "DOWN, INIT, UP, NONE",
    "DOWN, UP, DOWN, NONE",
    "INIT, ADMIN_DOWN, DOWN, NEIGHBOR_SIGNALED_DOWN",
    "INIT, DOWN, INIT, NONE",
    "INIT, INIT, UP, NONE",
    "INIT, UP, UP, NONE",
    "UP, ADMIN_DOWN, DOWN, NEIGHBOR_SIGNALED_DOWN",
    "UP, DOWN, DOWN, NEIGHBOR_SIGNALED_DOWN",
    "UP, INIT, UP, NONE",
    "UP, UP, UP, NONE"
  })
  void everyCellOfTheTable(
      BfdState local, BfdState received, BfdState expected, BfdDiagnostic diagnostic) {
    Transition transition = hear(session(local), theirs(received));
    Session after = transition.session();
    assertThat(after.state()).isEqualTo(expected);
    assertThat(after.diagnostic()).isEqualTo(diagnostic);
    assertThat(after.heard()).isEqualTo(new Heard(theirs(received), T));
    assertThat(transition.packets())
        .as("a change is told at once, nothing else is")
        .extracting(ControlPacket::state)
        .containsExactlyElementsOf(expected == local ? List.of() : List.of(expected));
  }

  @Test
  void theReasonOfAFallIsToldUntilUp() {
    Session fallen = hear(session(UP), theirs(DOWN)).session();
    Session init = hear(fallen, theirs(DOWN)).session();
    assertThat(init.state()).isEqualTo(INIT);
    assertThat(init.diagnostic()).isEqualTo(NEIGHBOR_SIGNALED_DOWN);
    assertThat(hear(init, theirs(INIT)).session().diagnostic()).isEqualTo(BfdDiagnostic.NONE);
  }

  @Proves("BF-003")
  @Test
  void aSessionThatIsNotUpIsSlowWhateverIsConfigured() {
    Session begun = Session.begin(CONFIG, 7, T);
    assertThat(begun.timing()).isEqualTo(Timing.settled(SLOW));
    Transition first = at(T, begun);
    assertThat(first.packets())
        .containsExactly(
            new ControlPacket(
                DOWN, BfdDiagnostic.NONE, false, false, false, 3, 7, 0, 1_000_000, 200_000));
    assertThat(at(T + 874 * MILLI, first.session()).packets()).isEmpty();
    assertThat(at(T + 875 * MILLI, first.session()).packets()).hasSize(1);
  }

  @Proves("BF-003")
  @Test
  void becomingUpBeginsAPollThatAnAnswerEnds() {
    Session up = hear(session(INIT), theirs(UP)).session();
    assertThat(up.timing()).isEqualTo(new Timing(FAST, SLOW, Poll.ASKING));
    assertThat(Intervals.transmitMicros(up))
        .as("sending faster needs no consent")
        .isEqualTo(300_000);
    ControlPacket asked = at(T + 300 * MILLI, up).packets().getFirst();
    assertThat(asked.poll()).isTrue();
    assertThat(asked.desiredMinTxMicros()).isEqualTo(300_000);

    Session settled = hear(up, answer(THEIRS)).session();
    assertThat(settled.timing()).isEqualTo(Timing.settled(FAST));
    assertThat(at(T + 300 * MILLI, settled).packets().getFirst().poll()).isFalse();
  }

  @Proves("BF-003")
  @Test
  void slowerSendingAndFasterHearingWaitForTheAnswer() {
    SessionConfig changed = new SessionConfig(900_000, 50_000, 1_000_000, 3, false);
    Transition transition =
        SessionMachine.next(changed, session(UP), new Event.ConfigChanged(), moment(T));
    ControlPacket asked = transition.packets().getFirst();
    assertThat(asked.poll()).isTrue();
    assertThat(asked.desiredMinTxMicros()).isEqualTo(900_000);
    assertThat(asked.requiredMinRxMicros()).isEqualTo(50_000);
    Session asking = transition.session();
    assertThat(Intervals.transmitMicros(asking)).isEqualTo(300_000);
    assertThat(Intervals.detectionMicros(asking)).isEqualTo(4 * 200_000);

    Session agreed =
        SessionMachine.next(changed, asking, new Event.PacketHeard(answer(THEIRS)), moment(T))
            .session();
    assertThat(Intervals.transmitMicros(agreed)).isEqualTo(900_000);
    assertThat(Intervals.detectionMicros(agreed)).isEqualTo(4 * 100_000);
  }

  @Proves("BF-003")
  @Test
  void aSecondChangeDuringAPollIsAskedForOnItsOwn() {
    SessionConfig second = new SessionConfig(600_000, 200_000, 1_000_000, 3, false);
    Session asking = session(UP).timed(new Timing(new Offer(900_000, 50_000), FAST, Poll.ASKING));
    Session again =
        SessionMachine.next(second, asking, new Event.ConfigChanged(), moment(T)).session();
    assertThat(again.timing().poll()).isEqualTo(Poll.ASKING_AGAIN);
    Session once = hear(again, answer(THEIRS)).session();
    assertThat(once.timing().poll()).isEqualTo(Poll.ASKING);
    assertThat(Intervals.transmitMicros(once)).isEqualTo(300_000);
    Session twice = hear(once, answer(THEIRS)).session();
    assertThat(twice.timing()).isEqualTo(Timing.settled(new Offer(600_000, 200_000)));
  }

  @Test
  void aChangeOfNothingSaysNothing() {
    Session up = session(UP);
    assertThat(SessionMachine.next(CONFIG, up, new Event.ConfigChanged(), moment(T)))
        .isEqualTo(new Transition(up, List.of()));
  }

  @Proves("BF-003")
  @Test
  void aPollIsAnsweredAtOnceButAStormIsNot() {
    ControlPacket poll = poll(THEIRS);
    Transition first = hear(session(UP), poll);
    assertThat(first.packets()).singleElement().matches(p -> p.answer() && !p.poll());
    assertThat(first.session().beat().sentNanos())
        .as("an answer does not delay the periodic packets")
        .isEqualTo(session(UP).beat().sentNanos());
    int answers = 0;
    Session session = first.session();
    for (long micros = 0; micros < 1_000_000; micros += 100) {
      Transition next =
          SessionMachine.next(
              CONFIG, session, new Event.PacketHeard(poll), moment(T + micros * 1000));
      session = next.session();
      answers += next.packets().size();
    }
    assertThat(answers).as("10,000 polls in a second").isEqualTo(99);
  }

  @Proves("BF-007")
  @Test
  void silenceForTheDetectionTimeEndsTheSession() {
    Session up = session(UP);
    assertThat(Intervals.detectionMicros(up))
        .as("theirs: 4 x 100 ms; ours: 200 ms")
        .isEqualTo(800_000);
    assertThat(at(T - 1, heardAt(up, T - 800 * MILLI)).session().state()).isEqualTo(UP);

    Transition transition = at(T, heardAt(up, T - 800 * MILLI));
    Session down = transition.session();
    assertThat(down.state()).isEqualTo(DOWN);
    assertThat(down.diagnostic()).isEqualTo(DETECTION_TIME_EXPIRED);
    assertThat(down.heard()).isNull();
    assertThat(down.timing()).isEqualTo(Timing.settled(SLOW));
    assertThat(transition.packets())
        .containsExactly(
            new ControlPacket(
                DOWN, DETECTION_TIME_EXPIRED, false, false, false, 3, 7, 0, 1_000_000, 200_000));
  }

  @Proves("BF-007")
  @Test
  void aSlowNeighbourIsGivenItsOwnTime() {
    ControlPacket slow =
        new ControlPacket(UP, BfdDiagnostic.NONE, false, false, false, 4, 9, 7, 700_000, 0);
    Session up = session(UP).heard(new Heard(slow, T));
    assertThat(Intervals.detectionMicros(up)).isEqualTo(2_800_000);
  }

  @Test
  void silenceWhileDownForgetsTheNeighbour() {
    Session down = session(DOWN).heard(new Heard(theirs(ADMIN_DOWN), T));
    Transition transition = at(T + 800 * MILLI, down);
    assertThat(transition.session().heard()).isNull();
    assertThat(transition.session().diagnostic()).isEqualTo(BfdDiagnostic.NONE);
    assertThat(transition.packets()).isEmpty();
    assertThat(at(T + 875 * MILLI, transition.session()).packets())
        .singleElement()
        .matches(p -> p.yourDiscriminator() == 0);
  }

  @Test
  void aPassiveEndWaitsToBeSpokenTo() {
    Session begun = Session.begin(PASSIVE, 7, T);
    assertThat(Intervals.deadlineNanos(PASSIVE, begun)).isEqualTo(Intervals.NEVER);
    Transition transition =
        SessionMachine.next(PASSIVE, begun, new Event.PacketHeard(theirs(DOWN)), moment(T));
    assertThat(transition.packets()).extracting(ControlPacket::state).containsExactly(INIT);
    Session lost =
        SessionMachine.next(
                PASSIVE, transition.session(), new Event.TimerExpired(), moment(T + 4000 * MILLI))
            .session();
    assertThat(Intervals.deadlineNanos(PASSIVE, lost)).isEqualTo(Intervals.NEVER);
  }

  @Test
  void aNeighbourThatWantsNoPacketsGetsNone() {
    ControlPacket deaf =
        new ControlPacket(UP, BfdDiagnostic.NONE, false, false, false, 4, 9, 7, 100_000, 0);
    Session up = session(UP).heard(new Heard(deaf, T));
    assertThat(at(T + 500 * MILLI, up).packets()).isEmpty();
  }

  @Test
  void aNeighbourInDemandModeGetsOnlyPollsAndAnswers() {
    ControlPacket demanding =
        new ControlPacket(UP, BfdDiagnostic.NONE, false, false, true, 4, 9, 7, 100_000, 100_000);
    Session up = session(UP).heard(new Heard(demanding, T));
    assertThat(at(T + 500 * MILLI, up).packets()).isEmpty();
    Session asking = up.timed(new Timing(FAST, SLOW, Poll.ASKING));
    assertThat(at(T + 500 * MILLI, asking).packets()).singleElement().matches(ControlPacket::poll);
    assertThat(hear(up, poll(demanding)).packets()).singleElement().matches(ControlPacket::answer);
  }

  @Test
  void aShorterWishOfTheNeighbourMovesTheDeadlineNearer() {
    ControlPacket slow =
        new ControlPacket(UP, BfdDiagnostic.NONE, false, false, false, 4, 9, 7, 100_000, 2_000_000);
    Session up = session(UP).heard(new Heard(slow, T)).beating(new Beat(T, 1, T));
    assertThat(Intervals.transmitDeadlineNanos(CONFIG, up)).isEqualTo(T + 2000 * MILLI);
    Session hurried = hear(up, THEIRS).session();
    assertThat(Intervals.transmitDeadlineNanos(CONFIG, hurried)).isEqualTo(T + 300 * MILLI);
  }

  @Test
  void leavingSaysSoAndNothingHappensAfterwards() {
    Transition transition =
        SessionMachine.next(CONFIG, session(UP), new Event.Shutdown(), moment(T));
    assertThat(transition.packets())
        .containsExactly(
            new ControlPacket(
                ADMIN_DOWN,
                BfdDiagnostic.ADMIN_DOWN,
                false,
                false,
                false,
                3,
                7,
                9,
                1_000_000,
                200_000));
    Session left = transition.session();
    assertThat(Intervals.deadlineNanos(CONFIG, left)).isEqualTo(Intervals.NEVER);
    assertThat(hear(left, poll(THEIRS))).isEqualTo(new Transition(left, List.of()));
    assertThat(at(T + 60_000 * MILLI, left)).isEqualTo(new Transition(left, List.of()));
  }

  @Proves("BF-004")
  @ParameterizedTest
  @CsvSource({"3, 0.75, 1.0", "1, 0.75, 0.9"})
  void jitterTakesUpToAQuarter(int multiplier, double least, double most) {
    SessionConfig config = new SessionConfig(300_000, 200_000, 1_000_000, multiplier, false);
    assertThat(Intervals.gap(config, 0)).isEqualTo(most);
    assertThat(Intervals.gap(config, 1)).isEqualTo(least);
    assertThat(Intervals.gap(config, 0.5)).isEqualTo((least + most) / 2);
  }

  private static Transition at(long nowNanos, Session session) {
    return SessionMachine.next(CONFIG, session, new Event.TimerExpired(), moment(nowNanos));
  }

  private static Transition hear(Session session, ControlPacket packet) {
    return SessionMachine.next(CONFIG, session, new Event.PacketHeard(packet), moment(T));
  }

  private static Moment moment(long nowNanos) {
    return new Moment(nowNanos, 0.5);
  }

  /** A session of discriminator 7 that has just sent and, unless Down, just heard. */
  private static Session session(BfdState state) {
    return new Session(
        state,
        BfdDiagnostic.NONE,
        7,
        state == DOWN ? null : new Heard(THEIRS, T),
        Timing.settled(state == UP ? FAST : SLOW),
        new Beat(T, 0.875, T));
  }

  private static Session heardAt(Session session, long atNanos) {
    return session.heard(new Heard(session.heard().packet(), atNanos));
  }

  private static ControlPacket theirs(BfdState state) {
    return new ControlPacket(
        state, BfdDiagnostic.NONE, false, false, false, 4, 9, 7, 100_000, 100_000);
  }

  private static ControlPacket poll(ControlPacket p) {
    return new ControlPacket(
        p.state(), p.diagnostic(), true, false, p.demand(), 4, 9, 7, 100_000, 100_000);
  }

  private static ControlPacket answer(ControlPacket p) {
    return new ControlPacket(
        p.state(), p.diagnostic(), false, true, p.demand(), 4, 9, 7, 100_000, 100_000);
  }
}
