package io.keepstream.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.notifier.delivery.Effect.Open;
import io.keepstream.notifier.delivery.Effect.Say;
import io.keepstream.notifier.delivery.Effect.Send;
import io.keepstream.notifier.delivery.Input.Ended;
import io.keepstream.notifier.delivery.Input.Offered;
import io.keepstream.notifier.delivery.Input.Opened;
import io.keepstream.notifier.delivery.Input.TimerExpired;
import io.keepstream.notifier.delivery.Phase.Attempting;
import io.keepstream.notifier.delivery.Phase.BackingOff;
import io.keepstream.notifier.delivery.Phase.Idle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row per rule. Queue limit 4, backoff 100 to 1000 ns, slow after 500 ns, now is 10 000 ns. */
class DeliveryTest {
  private static final DeliveryConfig CONFIG = new DeliveryConfig("webhook ops", 4, 100, 1000, 500);
  private static final long NOW = 10_000;
  private static final long NONE = Long.MAX_VALUE;
  private static final Health WORKING = new Health(true, 0, "", 0);
  private static final Health FAILING = new Health(false, 0, "down", 3);
  private static final Phase IDLE = new Idle();
  private static final Phase FIRST_TRY = new Attempting(0, NOW + 500);

  record Row(
      String rule,
      State<String> state,
      Input<String> input,
      State<String> then,
      List<Effect<String>> effects) {
    Row and(Effect<String> effect) {
      List<Effect<String>> more = new ArrayList<>(effects);
      more.add(effect);
      return new Row(rule, state, input, then, more);
    }

    @Override
    public String toString() {
      return rule;
    }
  }

  static Stream<Row> opening() {
    return Stream.of(
        row("the sink is opened first", State.fresh(0), new Opened<>(), closed(FIRST_TRY, WORKING))
            .and(open()),
        row(
            "what is offered while opening waits",
            closed(FIRST_TRY, WORKING),
            offered("a"),
            closed(FIRST_TRY, WORKING, "a")),
        row(
            "open and nothing to send is idle",
            closed(FIRST_TRY, WORKING),
            done(),
            opened(IDLE, WORKING, 0)),
        row(
                "open sends the oldest",
                closed(FIRST_TRY, WORKING, "a", "b"),
                done(),
                opened(FIRST_TRY, WORKING, 0, "a", "b"))
            .and(send("a")),
        row(
                "failing to open backs off",
                closed(FIRST_TRY, WORKING, "a"),
                retry(0),
                closed(new BackingOff(1, NOW + 100), failing("refused", 0), "a"))
            .and(sayFailing("refused")),
        row(
                "giving up to open backs off too",
                closed(FIRST_TRY, WORKING, "a"),
                givenUp(),
                closed(new BackingOff(1, NOW + 100), failing("no", 0), "a"))
            .and(sayFailing("no")),
        row(
                "after the pause it is opened again",
                closed(new BackingOff(1, NOW), FAILING),
                new TimerExpired<>(),
                closed(new Attempting(1, NOW + 500), FAILING))
            .and(open()),
        row(
                "open again is recovered",
                closed(new Attempting(1, NONE), FAILING),
                done(),
                opened(IDLE, workingNow(), 0))
            .and(sayRecovered()),
        row(
                "opened anew keeps the queue",
                opened(FIRST_TRY, WORKING, 7, "a", "b"),
                new Opened<>(),
                new State<>(false, List.of("a", "b"), FIRST_TRY, WORKING, 7))
            .and(open()));
  }

  static Stream<Row> sending() {
    return Stream.of(
        row(
                "what is offered while idle is sent",
                opened(IDLE, WORKING, 0),
                offered("a"),
                opened(FIRST_TRY, WORKING, 0, "a"))
            .and(send("a")),
        row(
            "what is offered while sending waits",
            opened(FIRST_TRY, WORKING, 0, "a"),
            offered("b"),
            opened(FIRST_TRY, WORKING, 0, "a", "b")),
        row(
                "done sends the next",
                opened(FIRST_TRY, WORKING, 5, "a", "b"),
                done(),
                opened(FIRST_TRY, WORKING, 6, "b"))
            .and(send("b")),
        row(
            "done with nothing left is idle",
            opened(FIRST_TRY, WORKING, 5, "a"),
            done(),
            opened(IDLE, WORKING, 6)),
        row(
                "a failure keeps the message and pauses",
                opened(FIRST_TRY, WORKING, 0, "a", "b"),
                retry(0),
                opened(new BackingOff(1, NOW + 100), failing("refused", 0), 0, "a", "b"))
            .and(sayFailing("refused")),
        row(
            "what is offered in the pause waits",
            opened(new BackingOff(1, NOW + 1), FAILING, 0, "a"),
            offered("b"),
            opened(new BackingOff(1, NOW + 1), FAILING, 0, "a", "b")),
        row(
                "after the pause the same message goes",
                opened(new BackingOff(1, NOW), FAILING, 0, "a", "b"),
                new TimerExpired<>(),
                opened(new Attempting(1, NOW + 500), FAILING, 0, "a", "b"))
            .and(send("a")),
        row(
                "a message given up makes room for the next",
                opened(FIRST_TRY, WORKING, 0, "a", "b"),
                givenUp(),
                opened(FIRST_TRY, failing("no", 1), 0, "b"))
            .and(sayFailing("no"))
            .and(send("b")));
  }

  static Stream<Row> pauses() {
    return Stream.of(
        row(
            "a further failure doubles the pause, said once",
            opened(new Attempting(1, NONE), FAILING, 0, "a"),
            retry(0),
            opened(new BackingOff(2, NOW + 200), still("refused"), 0, "a")),
        row(
            "chance shortens the pause",
            opened(new Attempting(1, NONE), FAILING, 0, "a"),
            retry(0.5),
            opened(new BackingOff(2, NOW + 150), still("refused"), 0, "a")),
        row(
            "the pause has a bound",
            opened(new Attempting(4, NONE), FAILING, 0, "a"),
            retry(0),
            opened(new BackingOff(5, NOW + 1000), still("refused"), 0, "a")),
        row(
            "however many failures",
            opened(new Attempting(5000, NONE), FAILING, 0, "a"),
            retry(0),
            opened(new BackingOff(5001, NOW + 1000), still("refused"), 0, "a")),
        row(
                "success forgets the failures",
                opened(new Attempting(5, NONE), FAILING, 0, "a", "b"),
                done(),
                opened(FIRST_TRY, workingNow(), 1, "b"))
            .and(sayRecovered())
            .and(send("b")));
  }

  static Stream<Row> timer() {
    return Stream.of(
        row(
            "an early timer changes nothing",
            opened(new BackingOff(1, NOW + 1), FAILING, 0, "a"),
            new TimerExpired<>(),
            opened(new BackingOff(1, NOW + 1), FAILING, 0, "a")),
        row(
            "a stray timer changes nothing",
            opened(IDLE, WORKING, 0),
            new TimerExpired<>(),
            opened(IDLE, WORKING, 0)),
        row(
                "a slow attempt is failing but goes on",
                opened(new Attempting(0, NOW), WORKING, 0, "a"),
                new TimerExpired<>(),
                opened(new Attempting(0, NONE), failing("no success within 0 ms", 0), 0, "a"))
            .and(sayFailing("no success within 0 ms")),
        row(
                "a slow attempt may still succeed",
                opened(new Attempting(0, NONE), FAILING, 0, "a"),
                done(),
                opened(IDLE, workingNow(), 1))
            .and(sayRecovered()),
        row(
            "an outcome without an attempt changes nothing",
            opened(IDLE, WORKING, 0),
            done(),
            opened(IDLE, WORKING, 0)));
  }

  static Stream<Row> bound() {
    return Stream.of(
        row(
                "a full queue loses the oldest that is not being sent",
                opened(FIRST_TRY, WORKING, 0, "a", "b", "c", "d"),
                offered("e"),
                opened(FIRST_TRY, failing("the queue is full", 1), 0, "a", "c", "d", "e"))
            .and(sayFailing("the queue is full")),
        row(
            "in the pause nothing is being sent",
            opened(new BackingOff(1, NOW + 1), FAILING, 0, "a", "b", "c", "d"),
            offered("e"),
            opened(
                new BackingOff(1, NOW + 1),
                new Health(false, 0, "the queue is full", 4),
                0,
                "b",
                "c",
                "d",
                "e")),
        row(
            "nor while opening",
            closed(FIRST_TRY, FAILING, "a", "b", "c", "d"),
            offered("e"),
            closed(FIRST_TRY, new Health(false, 0, "the queue is full", 4), "b", "c", "d", "e")),
        row(
                "more than half full is not recovered yet",
                opened(FIRST_TRY, FAILING, 0, "a", "b", "c", "d"),
                done(),
                opened(FIRST_TRY, FAILING, 1, "b", "c", "d"))
            .and(send("b")),
        row(
                "half full is recovered",
                opened(FIRST_TRY, FAILING, 0, "a", "b", "c"),
                done(),
                opened(FIRST_TRY, workingNow(), 1, "b", "c"))
            .and(sayRecovered())
            .and(send("b")));
  }

  @ParameterizedTest
  @MethodSource({"opening", "sending", "pauses", "timer", "bound"})
  void rule(Row row) {
    Transition<String> transition = Delivery.next(CONFIG, row.state(), row.input(), NOW);
    assertThat(transition).isEqualTo(new Transition<>(row.then(), row.effects()));
  }

  private static Row row(
      String rule, State<String> state, Input<String> input, State<String> then) {
    return new Row(rule, state, input, then, List.of());
  }

  private static State<String> closed(Phase phase, Health health, String... queue) {
    return new State<>(false, List.of(queue), phase, health, 0);
  }

  private static State<String> opened(Phase phase, Health health, long delivered, String... queue) {
    return new State<>(true, List.of(queue), phase, health, delivered);
  }

  private static Health failing(String why, long dropped) {
    return new Health(false, NOW, why, dropped);
  }

  private static Health still(String why) {
    return new Health(false, 0, why, 3);
  }

  private static Health workingNow() {
    return new Health(true, NOW, "", 0);
  }

  private static Input<String> offered(String message) {
    return new Offered<>(message);
  }

  private static Input<String> done() {
    return new Ended<>(Outcome.DONE, 0);
  }

  private static Input<String> retry(double chance) {
    return new Ended<>(new Outcome.Retry("refused"), chance);
  }

  private static Input<String> givenUp() {
    return new Ended<>(new Outcome.GivenUp("no"), 0);
  }

  private static Effect<String> open() {
    return new Open<>();
  }

  private static Effect<String> send(String message) {
    return new Send<>(message);
  }

  private static Effect<String> sayFailing(String why) {
    return new Say<>(new DeliveryEvent.Failing("webhook ops", why));
  }

  /** {@link #FAILING} began at 0 and lost 3. */
  private static Effect<String> sayRecovered() {
    return new Say<>(new DeliveryEvent.Recovered("webhook ops", 0, 3));
  }
}
