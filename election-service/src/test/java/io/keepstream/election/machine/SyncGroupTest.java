package io.keepstream.election.machine;

import static io.keepstream.election.machine.MatrixRow.CONFIG;
import static io.keepstream.election.machine.MatrixRow.DOWN;
import static io.keepstream.election.machine.MatrixRow.HIGHER;
import static io.keepstream.election.machine.MatrixRow.LOWER;
import static io.keepstream.election.machine.MatrixRow.SECOND;
import static io.keepstream.election.machine.MatrixRow.T;
import static io.keepstream.election.machine.MatrixRow.TIMER;
import static io.keepstream.election.machine.MatrixRow.US;
import static io.keepstream.election.machine.MatrixRow.advert;
import static io.keepstream.election.machine.MatrixRow.heard;
import static io.keepstream.election.machine.MatrixRow.listening;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.TransitionCause.Reason;
import io.keepstream.election.machine.Event.GroupAgreed;
import io.keepstream.election.machine.Event.GroupGaveWay;
import io.keepstream.election.machine.Event.GroupHeardResignation;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Fault;
import io.keepstream.election.machine.State.Master;
import io.keepstream.election.machine.State.Stop;
import io.keepstream.election.machine.SyncGroup.Knowing;
import io.keepstream.election.machine.SyncGroup.Member;
import io.keepstream.election.machine.SyncGroup.Move;
import io.keepstream.election.machine.SyncGroup.Step;
import io.keepstream.testkit.Proves;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one member's move means for the others; member 0 is the one that moves. */
@Proves("VR-062")
class SyncGroupTest {
  private static final Master MASTER = new Master(T + SECOND, T);
  private static final Backup LISTENS = listening(T + DOWN);
  private static final Backup WANTS = listening(T + DOWN).wanting(T + DOWN);

  @Test
  void allAreMasterWhenTheLastWantsToBe() {
    assertThat(after(timer(LISTENS), WANTS, WANTS, WANTS))
        .containsExactly(
            new Step(0, new GroupAgreed()),
            new Step(1, new GroupAgreed()),
            new Step(2, new GroupAgreed()));
    assertThat(after(timer(LISTENS), WANTS, WANTS, LISTENS)).isEmpty();
    assertThat(after(timer(LISTENS), WANTS, WANTS, new Fault())).isEmpty();
    assertThat(after(timer(LISTENS), WANTS, new Stop(false))).isEmpty();
  }

  @Test
  void aMemberThatJoinedLaterBecomesMasterAlone() {
    assertThat(after(timer(LISTENS), WANTS, MASTER))
        .containsExactly(new Step(0, new GroupAgreed()));
  }

  @Test
  void allGiveWayWithTheFirst() {
    Move move =
        new Move(0, MASTER, advert(200, HIGHER), TransitionCause.of(Reason.HIGHER_PRIORITY_HEARD));
    assertThat(after(move, heard(200, HIGHER), MASTER, MASTER))
        .containsExactly(
            new Step(1, new GroupGaveWay("VI_0", false)),
            new Step(2, new GroupGaveWay("VI_0", false)));
  }

  @Test
  void whoFollowsLeadsNobody() {
    Move move =
        new Move(0, MASTER, new GroupGaveWay("VI_2", false), TransitionCause.of(Reason.SYNC_GROUP));
    assertThat(after(move, LISTENS, MASTER)).isEmpty();
  }

  @Test
  void aStallIsEverybodys() {
    Move move = new Move(0, MASTER, TIMER, TransitionCause.of(Reason.STALLED));
    assertThat(after(move, LISTENS, MASTER))
        .containsExactly(new Step(1, new GroupGaveWay("VI_0", true)));
  }

  @Test
  void theResignationOfTheMasterWeFollowIsAHint() {
    Move move = new Move(0, heard(200, HIGHER), advert(0, HIGHER), null);
    assertThat(after(move, LISTENS, heard(200, LOWER), LISTENS))
        .containsExactly(
            new Step(1, new GroupHeardResignation(HIGHER)),
            new Step(2, new GroupHeardResignation(HIGHER)));
  }

  @Test
  void aResignationOfSomebodyElseIsNone() {
    assertThat(after(new Move(0, heard(200, HIGHER), advert(0, LOWER), null), LISTENS, LISTENS))
        .isEmpty();
    assertThat(after(new Move(0, LISTENS, advert(0, LOWER), null), LISTENS, LISTENS)).isEmpty();
    assertThat(after(new Move(0, heard(0, HIGHER), advert(0, HIGHER), null), LISTENS, LISTENS))
        .isEmpty();
  }

  @Test
  void faultsAreSharedAndSayWhose() {
    assertThat(
            shared(
                    1,
                    knows(true, "interface eth1 is down", "script chk is down"),
                    knows(true, "script chk is down"))
                .faults())
        .containsExactly("script chk is down", "VI_0: interface eth1 is down");
  }

  @Test
  void aFaultEndsWhenNobodyHasOne() {
    assertThat(shared(0, knows(true), knows(true, "f")).faults()).containsExactly("VI_1: f");
    assertThat(shared(1, knows(true), knows(true, "f")).faults()).containsExactly("f");
    assertThat(shared(0, knows(true), knows(true)).faults()).isEmpty();
  }

  @Test
  @Proves("VR-061")
  void nobodyStartsBeforeAllCan() {
    assertThat(shared(0, knows(true), knows(false)).awaited()).containsExactly("VI_1: script chk");
    assertThat(shared(0, knows(true), knows(true)).ready()).isTrue();
  }

  private static Move timer(State previous) {
    return new Move(0, previous, TIMER, null);
  }

  private static List<Step> after(Move move, State... states) {
    List<Member> members =
        IntStream.range(0, states.length)
            .mapToObj(place -> new Member("VI_" + place, states[place]))
            .toList();
    return SyncGroup.next(members, move);
  }

  private static Parameters knows(boolean ready, String... faults) {
    return new Parameters(
        CONFIG, Priority.of(100), US, List.of(faults), ready ? List.of() : List.of("script chk"));
  }

  private static Parameters shared(int member, Parameters... each) {
    List<Knowing> knowing =
        IntStream.range(0, each.length)
            .mapToObj(place -> new Knowing("VI_" + place, each[place]))
            .toList();
    return SyncGroup.shared(knowing.get(member), knowing);
  }
}
