package io.keepstream.runtime.link;

import io.keepstream.runtime.link.Effect.Deliver;
import io.keepstream.runtime.link.Effect.Drop;
import io.keepstream.runtime.link.Effect.Join;
import io.keepstream.runtime.link.Effect.Send;
import io.keepstream.runtime.link.Frame.Hello;
import io.keepstream.runtime.link.Frame.Ping;
import io.keepstream.runtime.link.State.Phase;
import io.keepstream.runtime.link.State.Phase.Dropped;
import io.keepstream.runtime.link.State.Phase.Greeted;
import io.keepstream.runtime.link.State.Phase.Greeting;
import io.keepstream.runtime.link.State.Phase.Linked;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The rules of one connection between two processes, the same on both sides. */
public final class Peering {
  /** The time between two {@link Event.Tick}s at most. */
  public static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** How long a peer may be silent: two signs of life may be missing. */
  public static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1250);

  /** A tick that comes later than this after the last one says that this process stood still. */
  static final long ASLEEP_NANOS = SILENCE_NANOS - TICK_NANOS;

  private Peering() {}

  /**
   * Who we are, and whom we expect.
   *
   * @param own what we say of ourselves
   * @param dialed the peer that was called; null on the side that was called, by somebody whose
   *     name sorts before ours
   */
  public record Config(Hello own, String dialed) {
    private boolean expects(String name) {
      return dialed == null ? name.compareTo(own.name()) < 0 : name.equals(dialed);
    }
  }

  /** The state after an event, and what is to be done, in this order. */
  public record Transition(State state, List<Effect> effects) {
    public Transition {
      effects = List.copyOf(effects);
    }
  }

  /** A connection that is open now. */
  public static Transition begin(Config config, long nowNanos) {
    return new Transition(
        new State(new Greeting(), nowNanos, nowNanos + SILENCE_NANOS),
        List.of(new Send(config.own())));
  }

  /** What {@code event} makes of {@code state}. */
  public static Transition next(Config config, State state, Event event, long nowNanos) {
    if (state.phase() instanceof Dropped) {
      return new Transition(state, List.of());
    }
    return switch (event) {
      case Event.Heard(Hello hello) -> greet(config, state, hello, nowNanos);
      case Event.Heard(Ping ping) -> hear(state, List.of(), nowNanos);
      case Event.Heard(Frame.Message message) ->
          hear(state, List.of(new Deliver(message)), nowNanos);
      case Event.Garbled(String detail) -> drop(DropReason.MALFORMED, detail);
      case Event.Tick(long beatNanos) -> tick(state, beatNanos, nowNanos);
      case Event.Exported() -> new Transition(state, List.of(new Send(config.own())));
      case Event.Lost(DropReason reason) -> drop(reason, "");
    };
  }

  private static Transition greet(Config config, State state, Hello hello, long nowNanos) {
    Hello own = config.own();
    if (hello.version() != own.version()) {
      return drop(
          DropReason.OTHER_VERSION,
          "version %d, and this process version %d".formatted(hello.version(), own.version()));
    }
    if (!config.expects(hello.name())) {
      return drop(DropReason.WRONG_NAME, hello.name());
    }
    if (!Collections.disjoint(hello.exports(), own.exports())) {
      return drop(DropReason.SAME_SERVICE, "");
    }
    return switch (state.phase()) {
      case Greeting() -> heard(state, new Greeted(hello), nowNanos, List.of(new Send(new Ping())));
      case Greeted(Hello before) when sameName(before, hello) ->
          heard(state, new Greeted(hello), nowNanos, List.of());
      case Linked(Hello before) when sameName(before, hello) ->
          heard(state, new Linked(hello), nowNanos, List.of(new Join(hello)));
      case Greeted greeted -> drop(DropReason.UNEXPECTED, "another name");
      case Linked linked -> drop(DropReason.UNEXPECTED, "another name");
      case Dropped dropped -> new Transition(state, List.of());
    };
  }

  private static boolean sameName(Hello before, Hello now) {
    return before.name().equals(now.name());
  }

  private static Transition hear(State state, List<Effect> told, long nowNanos) {
    return switch (state.phase()) {
      case Greeting greeting -> drop(DropReason.UNEXPECTED, "no HELLO");
      case Greeted(Hello peer) ->
          heard(
              state,
              new Linked(peer),
              nowNanos,
              Stream.concat(Stream.of(new Join(peer)), told.stream()).toList());
      case Linked linked -> heard(state, linked, nowNanos, told);
      case Dropped dropped -> new Transition(state, List.of());
    };
  }

  private static Transition heard(State state, Phase phase, long nowNanos, List<Effect> effects) {
    return new Transition(new State(phase, state.tickNanos(), nowNanos + SILENCE_NANOS), effects);
  }

  /** Who stood still himself cannot tell who was silent, and gives everyone another chance. */
  private static Transition tick(State state, long beatNanos, long nowNanos) {
    boolean awake = nowNanos - state.tickNanos() < ASLEEP_NANOS;
    long aliveNanos = awake ? Math.min(beatNanos, nowNanos) : nowNanos;
    long untilNanos = Math.max(state.deadlineNanos(), aliveNanos + SILENCE_NANOS);
    return nowNanos >= untilNanos
        ? drop(DropReason.SILENT, "")
        : new Transition(new State(state.phase(), nowNanos, untilNanos), List.of());
  }

  private static Transition drop(DropReason reason, String detail) {
    State gone = new State(new Dropped(), Long.MAX_VALUE, Long.MAX_VALUE);
    return new Transition(gone, List.of(new Drop(reason, detail)));
  }
}
