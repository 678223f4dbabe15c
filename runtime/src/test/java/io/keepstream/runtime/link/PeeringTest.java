package io.keepstream.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.runtime.link.Effect.Deliver;
import io.keepstream.runtime.link.Effect.Drop;
import io.keepstream.runtime.link.Effect.Join;
import io.keepstream.runtime.link.Effect.Send;
import io.keepstream.runtime.link.Frame.Hello;
import io.keepstream.runtime.link.Frame.Ping;
import io.keepstream.runtime.link.State.Phase;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row per rule; times are literal nanoseconds. */
class PeeringTest {
  private static final Hello OWN = new Hello(1, "health", Set.of("h"));
  private static final Hello PEER = new Hello(1, "lvs", Set.of("l"));
  private static final Hello MORE = new Hello(1, "lvs", Set.of("l", "m"));
  private static final Peering.Config DIALED = new Peering.Config(OWN, "lvs");
  private static final Peering.Config CALLED = new Peering.Config(OWN, null);
  private static final Frame.Message ASKED = new Frame.Request(1, "h", new Body("", new byte[0]));

  private static final State GREETING = new State(new Phase.Greeting(), 100, 1_250_000_100L);
  private static final State GREETED = new State(new Phase.Greeted(PEER), 100, 1_250_000_100L);
  private static final State LINKED = new State(new Phase.Linked(PEER), 100, 1_250_000_100L);
  private static final State DROPPED =
      new State(new Phase.Dropped(), Long.MAX_VALUE, Long.MAX_VALUE);

  record Row(
      String rule,
      Peering.Config config,
      State before,
      Event event,
      long nowNanos,
      State after,
      List<Effect> effects) {
    @Override
    public String toString() {
      return rule;
    }
  }

  @Test
  void itBeginsWithHelloAndPatience() {
    Peering.Transition begun = Peering.begin(DIALED, 100);
    assertThat(begun.state()).isEqualTo(GREETING);
    assertThat(begun.effects()).containsExactly(new Send(OWN));
  }

  static Stream<Row> rules() {
    return Stream.of(handshake(), hello(), talk(), silence(), ends()).flatMap(rows -> rows);
  }

  private static Stream<Row> handshake() {
    return Stream.of(
        row("HELLO is answered", DIALED, GREETING, heard(PEER), 300, greeted(100, 300), ping()),
        row(
            "a sign after HELLO links",
            DIALED,
            GREETED,
            heard(new Ping()),
            300,
            linked(100, 300),
            List.of(new Join(PEER))),
        row(
            "a message after HELLO links and counts",
            DIALED,
            GREETED,
            heard(ASKED),
            300,
            linked(100, 300),
            List.of(new Join(PEER), new Deliver(ASKED))),
        dropped(
            "PING before HELLO",
            DIALED,
            GREETING,
            heard(new Ping()),
            DropReason.UNEXPECTED,
            "no HELLO"),
        dropped(
            "a message before HELLO",
            DIALED,
            GREETING,
            heard(ASKED),
            DropReason.UNEXPECTED,
            "no HELLO"));
  }

  private static Stream<Row> hello() {
    return Stream.of(
        dropped(
            "another version",
            DIALED,
            GREETING,
            heard(new Hello(2, "lvs", Set.of())),
            DropReason.OTHER_VERSION,
            "version 2, and this process version 1"),
        dropped(
            "not who was dialed",
            DIALED,
            GREETING,
            heard(new Hello(1, "notifier", Set.of())),
            DropReason.WRONG_NAME,
            "notifier"),
        dropped(
            "a caller who was to be dialed",
            CALLED,
            GREETING,
            heard(PEER),
            DropReason.WRONG_NAME,
            "lvs"),
        dropped(
            "a caller of our own name",
            CALLED,
            GREETING,
            heard(OWN),
            DropReason.WRONG_NAME,
            "health"),
        row(
            "a caller whose name sorts before ours",
            CALLED,
            GREETING,
            heard(new Hello(1, "election", Set.of("e"))),
            300,
            new State(
                new Phase.Greeted(new Hello(1, "election", Set.of("e"))), 100, 1_250_000_300L),
            ping()),
        dropped(
            "a service that runs here",
            DIALED,
            GREETING,
            heard(new Hello(1, "lvs", Set.of("h"))),
            DropReason.SAME_SERVICE,
            ""),
        row(
            "other exports before the link stands",
            DIALED,
            GREETED,
            heard(MORE),
            300,
            new State(new Phase.Greeted(MORE), 100, 1_250_000_300L),
            List.of()),
        row(
            "other exports later",
            DIALED,
            LINKED,
            heard(MORE),
            300,
            new State(new Phase.Linked(MORE), 100, 1_250_000_300L),
            List.of(new Join(MORE))),
        dropped(
            "another name later",
            new Peering.Config(OWN, null),
            new State(new Phase.Linked(new Hello(1, "election", Set.of())), 100, 1_250_000_100L),
            heard(new Hello(1, "a", Set.of())),
            DropReason.UNEXPECTED,
            "another name"),
        row(
            "own exports changed",
            DIALED,
            LINKED,
            new Event.Exported(),
            300,
            LINKED,
            List.of(new Send(OWN))));
  }

  private static Stream<Row> talk() {
    return Stream.of(
        row(
            "a message",
            DIALED,
            LINKED,
            heard(ASKED),
            300,
            linked(100, 300),
            List.of(new Deliver(ASKED))),
        row("a sign of life", DIALED, LINKED, heard(new Ping()), 300, linked(100, 300), List.of()),
        dropped(
            "no frame", DIALED, LINKED, new Event.Garbled("what"), DropReason.MALFORMED, "what"));
  }

  private static Stream<Row> silence() {
    return Stream.of(
        row(
            "a tick without a new sign of life",
            DIALED,
            LINKED,
            tick(100),
            500_000_100L,
            new State(LINKED.phase(), 500_000_100L, 1_250_000_100L),
            List.of()),
        row(
            "a beat since",
            DIALED,
            LINKED,
            tick(400_000_000L),
            500_000_100L,
            new State(LINKED.phase(), 500_000_100L, 1_650_000_000L),
            List.of()),
        row(
            "a beat that is older than what was heard",
            DIALED,
            new State(LINKED.phase(), 100, 1_700_000_000L),
            tick(400_000_000L),
            500_000_100L,
            new State(LINKED.phase(), 500_000_100L, 1_700_000_000L),
            List.of()),
        row(
            "a beat of the future",
            DIALED,
            LINKED,
            tick(900_000_000_000L),
            500_000_100L,
            new State(LINKED.phase(), 500_000_100L, 1_750_000_100L),
            List.of()),
        row(
            "a tick before HELLO",
            DIALED,
            GREETING,
            tick(Long.MIN_VALUE),
            500_000_100L,
            new State(GREETING.phase(), 500_000_100L, 1_250_000_100L),
            List.of()),
        row(
            "the last moment of patience",
            DIALED,
            awake(LINKED),
            tick(100),
            1_250_000_099L,
            new State(LINKED.phase(), 1_250_000_099L, 1_250_000_100L),
            List.of()),
        silent("too long a silence", awake(LINKED), 100),
        silent("too long without HELLO", awake(GREETING), Long.MIN_VALUE),
        silent("too long without an answer", awake(GREETED), Long.MIN_VALUE),
        row(
            "who stood still gives another chance",
            DIALED,
            LINKED,
            tick(100),
            9_000_000_000L,
            new State(LINKED.phase(), 9_000_000_000L, 10_250_000_000L),
            List.of()));
  }

  private static Row silent(String rule, State before, long beatNanos) {
    return dropped(rule, DIALED, before, tick(beatNanos), 1_250_000_100L, DropReason.SILENT, "");
  }

  private static Event tick(long beatNanos) {
    return new Event.Tick(beatNanos);
  }

  private static Stream<Row> ends() {
    return Stream.of(
        dropped(
            "it closed", DIALED, LINKED, new Event.Lost(DropReason.CLOSED), DropReason.CLOSED, ""),
        row("what comes after the end", DIALED, DROPPED, heard(ASKED), 300, DROPPED, List.of()),
        row("HELLO after the end", DIALED, DROPPED, heard(PEER), 300, DROPPED, List.of()),
        row("a tick after the end", DIALED, DROPPED, tick(300), 300, DROPPED, List.of()),
        row(
            "an end after the end",
            DIALED,
            DROPPED,
            new Event.Lost(DropReason.CLOSED),
            300,
            DROPPED,
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule(Row row) {
    Peering.Transition next = Peering.next(row.config(), row.before(), row.event(), row.nowNanos());
    assertThat(next.state()).isEqualTo(row.after());
    assertThat(next.effects()).containsExactlyElementsOf(row.effects());
  }

  private static Row row(
      String rule,
      Peering.Config config,
      State before,
      Event event,
      long nowNanos,
      State after,
      List<Effect> effects) {
    return new Row(rule, config, before, event, nowNanos, after, effects);
  }

  private static Row dropped(
      String rule,
      Peering.Config config,
      State before,
      Event event,
      DropReason reason,
      String detail) {
    return dropped(rule, config, before, event, 300, reason, detail);
  }

  private static Row dropped(
      String rule,
      Peering.Config config,
      State before,
      Event event,
      long nowNanos,
      DropReason reason,
      String detail) {
    return row(rule, config, before, event, nowNanos, DROPPED, List.of(new Drop(reason, detail)));
  }

  private static Event heard(Frame frame) {
    return new Event.Heard(frame);
  }

  private static List<Effect> ping() {
    return List.of(new Send(new Ping()));
  }

  private static State greeted(long tickNanos, long heardNanos) {
    return new State(new Phase.Greeted(PEER), tickNanos, heardNanos + 1_250_000_000L);
  }

  private static State linked(long tickNanos, long heardNanos) {
    return new State(new Phase.Linked(PEER), tickNanos, heardNanos + 1_250_000_000L);
  }

  /** As it is after ticks that came on time. */
  private static State awake(State state) {
    return new State(state.phase(), 1_000_000_100L, state.deadlineNanos());
  }
}
