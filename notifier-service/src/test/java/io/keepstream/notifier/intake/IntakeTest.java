package io.keepstream.notifier.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.intake.Intake.Effect;
import io.keepstream.notifier.intake.Intake.Effect.Accept;
import io.keepstream.notifier.intake.Intake.Effect.Ask;
import io.keepstream.notifier.intake.Intake.Effect.Missing;
import io.keepstream.notifier.journal.Heard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final Source ELECTION = new Source("lb1", Service.ELECTION, "b00t");
  private static final Source AGAIN = new Source("lb1", Service.ELECTION, "again");
  private static final Source HEALTH = new Source("lb1", Service.HEALTH, "b00t");

  private static final long LATE = TimeUnit.MINUTES.toNanos(1);

  private final Intake intake = new Intake(List.of(new Heard(ELECTION, 10)));

  @Test
  void theNextEventIsAccepted() {
    assertThat(intake.heard(event(ELECTION, 11), 0)).containsExactly(accept(ELECTION, 11));
    assertThat(intake.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsKnownIsNotTakenAgain() {
    assertThat(intake.heard(event(ELECTION, 10), 0)).isEmpty();
    assertThat(intake.heard(event(ELECTION, 3), 0)).isEmpty();
  }

  @Test
  void aGapIsAskedForOnceAndFilledBeforeAnythingElse() {
    assertThat(intake.heard(event(ELECTION, 13), 0)).containsExactly(new Ask(ELECTION, 11, 12));
    assertThat(intake.heard(event(ELECTION, 14), 1)).isEmpty();
    assertThat(intake.answered(ELECTION, events(ELECTION, 11, 12), 2))
        .containsExactly(
            accept(ELECTION, 11), accept(ELECTION, 12), accept(ELECTION, 13), accept(ELECTION, 14));
    assertThat(intake.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anAnswerInPartsIsAskedForUntilItIsWhole() {
    intake.heard(event(ELECTION, 14), 0);
    assertThat(intake.answered(ELECTION, events(ELECTION, 11, 12), 1))
        .containsExactly(accept(ELECTION, 11), accept(ELECTION, 12), new Ask(ELECTION, 13, 13));
    assertThat(intake.answered(ELECTION, events(ELECTION, 13, 13), 2))
        .containsExactly(accept(ELECTION, 13), accept(ELECTION, 14));
  }

  @Test
  void whatTheSourceHasForgottenIsMissing() {
    intake.heard(event(ELECTION, 14), 0);
    assertThat(intake.answered(ELECTION, events(ELECTION, 13, 13), 1))
        .containsExactly(new Missing(ELECTION, 11, 12), accept(ELECTION, 13), accept(ELECTION, 14));
  }

  @Test
  void whatNobodyHasIsMissing() {
    intake.heard(event(ELECTION, 13), 0);
    assertThat(intake.answered(ELECTION, List.of(), 1))
        .containsExactly(new Missing(ELECTION, 11, 12), accept(ELECTION, 13));
  }

  @Test
  void aSourceThatDoesNotAnswerIsNotWaitedForForever() {
    intake.heard(event(ELECTION, 13), 0);
    assertThat(intake.timerExpired(intake.deadlineNanos() - 1)).isEmpty();
    for (int asked = 1; asked < Intake.MOST_ASKS; asked++) {
      assertThat(intake.timerExpired(intake.deadlineNanos()))
          .containsExactly(new Ask(ELECTION, 11, 12));
    }
    assertThat(intake.timerExpired(intake.deadlineNanos()))
        .containsExactly(new Missing(ELECTION, 11, 12), accept(ELECTION, 13));
    assertThat(intake.answered(ELECTION, events(ELECTION, 11, 12), LATE)).isEmpty();
  }

  @Test
  void timeInWhichWeWereStoppedIsNoSilenceOfTheSource() {
    intake.heard(event(ELECTION, 13), 0);
    assertThat(intake.timerExpired(LATE)).containsExactly(new Ask(ELECTION, 11, 12));
    assertThat(intake.answered(ELECTION, events(ELECTION, 11, 12), LATE))
        .containsExactly(accept(ELECTION, 11), accept(ELECTION, 12), accept(ELECTION, 13));
  }

  @Test
  void eventsThatOvertookOthersNeedNoAnswer() {
    intake.heard(event(ELECTION, 12), 0);
    assertThat(intake.heard(event(ELECTION, 11), 0))
        .containsExactly(accept(ELECTION, 11), accept(ELECTION, 12));
    assertThat(intake.answered(ELECTION, events(ELECTION, 11, 11), 1)).isEmpty();
  }

  @Test
  void aSnapshotTellsOfWhatWasMissed() {
    assertThat(intake.told(ELECTION, 10, 0)).isEmpty();
    assertThat(intake.told(ELECTION, 12, 0)).containsExactly(new Ask(ELECTION, 11, 12));
    assertThat(intake.answered(ELECTION, events(ELECTION, 11, 12), 1))
        .containsExactly(accept(ELECTION, 11), accept(ELECTION, 12));
  }

  @Test
  void aSourceThatWasStartedAgainCountsFromOne() {
    assertThat(intake.heard(event(AGAIN, 2), 0)).containsExactly(new Ask(AGAIN, 1, 1));
    assertThat(intake.heard(event(ELECTION, 11), 1)).containsExactly(accept(ELECTION, 11));
    assertThat(intake.answered(AGAIN, events(AGAIN, 1, 1), 2))
        .containsExactly(accept(AGAIN, 1), accept(AGAIN, 2));
  }

  @Test
  void sourcesDoNotWaitForEachOther() {
    intake.heard(event(ELECTION, 13), 0);
    assertThat(intake.heard(event(HEALTH, 1), 0)).containsExactly(accept(HEALTH, 1));
  }

  @Test
  void notMoreThanSoManyAreHeld() {
    intake.heard(event(ELECTION, 13), 0);
    List<Effect> effects = new ArrayList<>();
    for (long next = 14; effects.isEmpty(); next++) {
      effects.addAll(intake.heard(event(ELECTION, next), 0));
    }
    assertThat(effects).hasSize(Intake.MOST_HELD + 2).startsWith(new Missing(ELECTION, 11, 12));
  }

  private static Accept accept(Source source, long sequence) {
    return new Accept(event(source, sequence));
  }

  private static List<Envelope> events(Source source, long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(each -> event(source, each)).toList();
  }

  private static Envelope event(Source source, long sequence) {
    return new Envelope(source, sequence, Instant.EPOCH, Events.up());
  }
}
