package io.keepstream.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.delivery.Input.Ended;
import io.keepstream.notifier.delivery.Input.Fed;
import io.keepstream.notifier.delivery.Input.Opened;
import io.keepstream.notifier.delivery.Input.OpeningEnded;
import io.keepstream.notifier.delivery.Input.Retried;
import io.keepstream.notifier.delivery.Input.Rewound;
import io.keepstream.notifier.delivery.Input.TimerExpired;
import io.keepstream.notifier.delivery.Progress.Cursor;
import io.keepstream.notifier.delivery.Progress.Range;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One test per rule. Window 8, two attempts at a time, backoff 100 to 1000 ns, slow after 500 ns,
 * given up after 5000 ns. Messages are named by their lane and number: {@code a1}.
 */
class DeliveryTest {
  private static final DeliveryConfig CONFIG =
      new DeliveryConfig("webhook ops", 8, 2, new Patience(100, 1000, 500, 5000), true);
  private static final long NONE = Long.MAX_VALUE;

  private Delivery<String> delivery = begin(CONFIG);
  private long nowNanos;
  private List<Effect<String>> effects;

  private static Delivery<String> begin(DeliveryConfig config) {
    return new Delivery<>(config, new Cursor(1, List.of()), 0);
  }

  @BeforeEach
  void open() {
    open(CONFIG);
    assertThat(effects).isEmpty();
  }

  private void open(DeliveryConfig config) {
    on(new Opened<>(config));
    assertThat(effects).containsExactly(new Effect.Open<>());
    on(new OpeningEnded<>(Outcome.DONE, 0));
  }

  @Test
  void nothingIsSentBeforeTheSinkIsOpen() {
    on(new Opened<>(CONFIG));
    feed("a1", "b2");
    assertThat(sent()).isEmpty();
    on(new OpeningEnded<>(Outcome.DONE, 0));
    assertThat(sent()).containsExactly("a1", "b2");
  }

  @Test
  void aSinkThatDoesNotOpenIsTriedAgainAfterGrowingPauses() {
    on(new Opened<>(CONFIG));
    on(new OpeningEnded<>(new Outcome.Retry("refused"), 0));
    assertThat(said()).containsExactly(new DeliveryEvent.Failing("webhook ops", "refused"));
    assertThat(delivery.deadlineNanos()).isEqualTo(nowNanos + 100);
    at(100, new TimerExpired<>());
    assertThat(effects).containsExactly(new Effect.Open<>());
    on(new OpeningEnded<>(new Outcome.GivenUp("no"), 0));
    assertThat(said()).isEmpty();
    assertThat(delivery.deadlineNanos()).isEqualTo(nowNanos + 200);
    at(200, new TimerExpired<>());
    on(new OpeningEnded<>(Outcome.DONE, 0));
    assertThat(said()).singleElement().isInstanceOf(DeliveryEvent.Recovered.class);
  }

  @Test
  void ofALaneOneIsUnderWayAndTheOthersDoNotWaitForIt() {
    feed("a1", "a2", "b3");
    assertThat(sent()).containsExactly("a1", "b3");
    done(3);
    assertThat(sent()).isEmpty();
    done(1);
    assertThat(sent()).containsExactly("a2");
  }

  @Test
  void notMoreThanSoManyAreUnderWay() {
    feed("a1", "b2", "c3");
    assertThat(sent()).containsExactly("a1", "b2");
    done(2);
    assertThat(sent()).containsExactly("c3");
  }

  @Test
  void whatIsNotWantedIsDoneWith() {
    on(new Fed<>(List.of(message("a3")), 6, 0));
    assertThat(delivery.progress().cursor()).isEqualTo(new Cursor(3, List.of(new Range(4, 6))));
    assertThat(delivery.next()).isEqualTo(6);
    done(3);
    assertThat(delivery.progress().cursor()).isEqualTo(new Cursor(6, List.of()));
  }

  @Test
  void whatWasDoneBeforeARestartIsNotSentAgain() {
    delivery = new Delivery<>(CONFIG, new Cursor(1, List.of(new Range(2, 3))), 0);
    open();
    feed("a1", "a2", "a3");
    done(1);
    assertThat(sent()).containsExactly("a3");
  }

  @Test
  void aFailureHoldsUpItsLaneOnly() {
    feed("a1", "a2", "b3", "b4");
    fail(1);
    assertThat(said()).containsExactly(new DeliveryEvent.Failing("webhook ops", "500"));
    done(3);
    assertThat(sent()).containsExactly("b4");
    at(100, new TimerExpired<>());
    assertThat(sent()).containsExactly("a1");
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    feed("a1");
    for (long pause : new long[] {100, 200, 400, 800, 1000, 1000}) {
      fail(1);
      assertThat(delivery.deadlineNanos()).isEqualTo(nowNanos + pause);
      at(pause - 1, new TimerExpired<>());
      assertThat(sent()).isEmpty();
      at(1, new TimerExpired<>());
      assertThat(sent()).containsExactly("a1");
    }
  }

  @Test
  void chanceShortensAPauseByUpToHalf() {
    feed("a1");
    on(new Ended<>(1, new Outcome.Retry("500"), 0.5));
    assertThat(delivery.deadlineNanos()).isEqualTo(nowNanos + 75);
  }

  @Test
  void whatIsRefusedForGoodIsADeadLetterAtOnce() {
    feed("a1", "a2");
    on(new Ended<>(1, new Outcome.GivenUp("400"), 0));
    assertThat(effects)
        .contains(new Effect.Bury<>(message("a1"), "400"), new Effect.Send<>(message("a2")));
    assertThat(said())
        .containsExactly(
            new DeliveryEvent.Failing("webhook ops", "400"),
            new DeliveryEvent.DeadLettered(
                "webhook ops", "lb1/election/b00t/1", Events.up().subject(), "400"));
    assertThat(delivery.progress().position()).isEqualTo(2);
    done(2);
    assertThat(((DeliveryEvent.Recovered) said().getFirst()).dropped()).isEqualTo(1);
  }

  @Test
  void thatAnEventAboutADeliveryIsADeadLetterIsNoEventAgain() {
    DeliveryEvent other = new DeliveryEvent.Failing("webhook other", "400");
    Message<String> message = new Message<>(1, "a", Events.envelope(1, other), "a1");
    on(new Fed<>(List.of(message), 2, 0));
    on(new Ended<>(1, new Outcome.GivenUp("400"), 0));
    assertThat(effects).contains(new Effect.Bury<>(message, "400"));
    assertThat(said()).containsExactly(new DeliveryEvent.Failing("webhook ops", "400"));
  }

  @Test
  void whatItIsOpenedWithIsInForce() {
    feed("a1", "b2", "c3");
    open(new DeliveryConfig("webhook ops", 4, 3, new Patience(10, 20, 500, 40), true));
    assertThat(sent()).containsExactlyInAnyOrder("a1", "b2", "c3");
    assertThat(delivery.room()).isEqualTo(1);
    fail(1);
    assertThat(delivery.deadlineNanos()).isEqualTo(nowNanos + 10);
    nowNanos += 40;
    fail(2);
    assertThat(effects).contains(new Effect.Bury<>(message("b2"), "500"));
  }

  @Test
  void whatFailsForTooLongIsADeadLetterAndTheNextOfItsLaneHasItsOwnTime() {
    feed("a1", "a2");
    nowNanos += 4999;
    fail(1);
    at(100, new TimerExpired<>());
    fail(1);
    assertThat(effects).contains(new Effect.Bury<>(message("a1"), "500"));
    assertThat(sent()).containsExactly("a2");
    fail(2);
    assertThat(effects).noneMatch(Effect.Bury.class::isInstance);
  }

  @Test
  void whereNothingIsBuriedWhatIsGivenUpIsOnlyCounted() {
    DeliveryConfig scripts =
        new DeliveryConfig("scripts", 8, 2, new Patience(1, 1, NONE, NONE), false);
    delivery = begin(scripts);
    open(scripts);
    feed("a1");
    on(new Ended<>(1, new Outcome.GivenUp("exit status 3"), 0));
    assertThat(effects).noneMatch(Effect.Bury.class::isInstance);
    assertThat(delivery.givenUp()).isEqualTo(1);
    assertThat(delivery.idle()).isTrue();
  }

  @Test
  void inTroubleOneAttemptIsMadeAtATimeWithPauses() {
    feed("a1", "b2", "c3", "d4");
    fail(1);
    fail(2);
    assertThat(sent()).containsExactly("d4");
    fail(3);
    fail(4);
    assertThat(sent()).isEmpty();
    assertThat(delivery.deadlineNanos()).isEqualTo(nowNanos + 200);
    at(200, new TimerExpired<>());
    assertThat(sent()).hasSize(1);
  }

  @Test
  void whenASinkInTroubleTakesOneAllAreDue() {
    feed("a1", "b2", "c3", "d4");
    fail(1);
    fail(2);
    fail(3);
    fail(4);
    at(200, new TimerExpired<>());
    assertThat(sent()).containsExactly("a1");
    done(1);
    assertThat(sent()).containsExactly("b2", "c3");
  }

  @Test
  void inTroubleWhatNeverFailedGoesFirst() {
    feed("a1");
    for (long pause : new long[] {100, 200, 400}) {
      fail(1);
      at(pause, new TimerExpired<>());
    }
    fail(1);
    feed("b2");
    assertThat(sent()).isEmpty();
    at(200, new TimerExpired<>());
    assertThat(sent()).containsExactly("b2");
    done(2);
    assertThat(sent()).containsExactly("a1");
  }

  @Test
  void anAttemptThatTakesLongIsSaidOnceAndGoesOn() {
    feed("a1", "a2");
    at(500, new TimerExpired<>());
    assertThat(said())
        .containsExactly(new DeliveryEvent.Failing("webhook ops", "no success within 0 ms"));
    assertThat(delivery.deadlineNanos()).isEqualTo(NONE);
    done(1);
    assertThat(sent()).containsExactly("a2");
    assertThat(said()).singleElement().isInstanceOf(DeliveryEvent.Recovered.class);
  }

  @Test
  void itWorksAgainWhenNoMoreThanHalfAWindowWaits() {
    feed("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8");
    assertThat(delivery.room()).isZero();
    fail(1);
    at(100, new TimerExpired<>());
    for (int number = 1; number <= 3; number++) {
      done(number);
      assertThat(said()).isEmpty();
    }
    done(4);
    assertThat(said()).singleElement().isInstanceOf(DeliveryEvent.Recovered.class);
  }

  @Test
  void eventsThatTheJournalLostAreCounted() {
    on(new Fed<>(List.of(message("a9")), 10, 8));
    assertThat(said()).singleElement().isInstanceOf(DeliveryEvent.Failing.class);
    done(9);
    assertThat(((DeliveryEvent.Recovered) said().getFirst()).dropped()).isEqualTo(8);
    assertThat(delivery.progress().position()).isEqualTo(10);
  }

  @Test
  void afterARewindAllIsFedAgainButWhatIsUnderWayIsNotSentTwiceAtATime() {
    feed("a1", "a2", "b3");
    done(3);
    on(new Rewound<>(1));
    assertThat(delivery.next()).isEqualTo(1);
    assertThat(delivery.room()).isEqualTo(7);
    feed("a1", "a2", "b3");
    assertThat(sent()).containsExactly("b3");
    done(1);
    assertThat(sent()).containsExactly("a2");
  }

  @Test
  void aDeadLetterThatIsTakenAfterAllIsNoneAnyMore() {
    feed("a1", "a2");
    on(new Ended<>(1, new Outcome.GivenUp("400"), 0));
    done(2);
    on(new Retried<>(List.of(message("a1"))));
    assertThat(sent()).containsExactly("a1");
    done(1);
    assertThat(effects).contains(new Effect.Unbury<>(message("a1")));
    assertThat(delivery.progress().position()).isEqualTo(3);
  }

  @Test
  void whatWasUnderWayWhenTheSinkWasReopenedIsSentAgainAndItsOldAnswerIsNotHeard() {
    feed("a1");
    on(new Opened<>(CONFIG));
    on(new OpeningEnded<>(Outcome.DONE, 0));
    assertThat(sent()).containsExactly("a1");
    done(7);
    assertThat(effects).isEmpty();
  }

  private void feed(String... names) {
    List<Message<String>> messages = Stream.of(names).map(DeliveryTest::message).toList();
    on(new Fed<>(messages, messages.getLast().number() + 1, 0));
  }

  private static Message<String> message(String name) {
    long number = Long.parseLong(name.substring(1));
    return new Message<>(number, name.substring(0, 1), Events.envelope(number, Events.up()), name);
  }

  private void done(long number) {
    on(new Ended<>(number, Outcome.DONE, 0));
  }

  private void fail(long number) {
    on(new Ended<>(number, new Outcome.Retry("500"), 0));
  }

  private void at(long laterNanos, Input<String> input) {
    nowNanos += laterNanos;
    on(input);
  }

  private void on(Input<String> input) {
    effects = delivery.on(input, nowNanos);
  }

  private List<String> sent() {
    return effects.stream()
        .filter(Effect.Send.class::isInstance)
        .map(effect -> ((Effect.Send<String>) effect).message().content())
        .toList();
  }

  private List<DeliveryEvent> said() {
    return effects.stream()
        .filter(Effect.Say.class::isInstance)
        .map(effect -> ((Effect.Say<String>) effect).event())
        .toList();
  }
}
