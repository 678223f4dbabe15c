package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.contract.event.VirtualServerEvent.PanicBegan;
import io.keepstream.contract.event.VirtualServerEvent.PanicEnded;
import io.keepstream.lvs.config.PanicRule;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The real servers of a virtual server as they have come and gone.
 *
 * @param turns what is known of each
 * @param panicNanos since when failures are not believed; {@link #NEVER} while they are
 */
record Pool(Map<BackendRef, Turn> turns, long panicNanos) {
  static final long NEVER = SlowStart.NEVER;
  static final Pool NEW = new Pool(Map.of(), NEVER);

  /** Long before any window or ramp. */
  private static final long LONG_AGO = Long.MIN_VALUE / 4;

  Pool {
    turns = Map.copyOf(turns);
  }

  /**
   * When a real server went up or down or, being up, was drained or no longer.
   *
   * @param drained whether an operator keeps it out of the pool, up or not
   * @param kept whether it is in the pool though it is down
   */
  record Turn(boolean up, boolean drained, long sinceNanos, boolean kept) {

    /** Seen for the first time, it has neither recovered nor failed. */
    static Turn first(Stance now) {
      return new Turn(now.up(), now.drained(), LONG_AGO, false);
    }

    /**
     * One that never left the pool has nothing to recover from, and one that is down has failed
     * when it went down, whatever an operator wants of it.
     */
    Turn to(Stance now, long nowNanos) {
      if (now.up() == up && (now.drained() == drained || !up)) {
        return new Turn(up, now.drained(), sinceNanos, kept);
      }
      return new Turn(now.up(), now.drained(), kept ? LONG_AGO : nowNanos, false);
    }

    Turn kept(boolean now) {
      return new Turn(up, drained, sinceNanos, now);
    }

    boolean failed() {
      return !up && !drained && sinceNanos != LONG_AGO;
    }

    boolean serves() {
      return (up || kept) && !drained;
    }
  }

  /** Those that take connections. */
  Set<BackendRef> serving() {
    return turns.entrySet().stream()
        .filter(each -> each.getValue().serves())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The pool that follows.
   *
   * @param stances how it stands with the real servers, in their order
   */
  Pool next(VirtualServer server, List<Stance> stances, long nowNanos) {
    Map<BackendRef, Turn> next = new HashMap<>();
    for (int i = 0; i < stances.size(); i++) {
      BackendRef backend = server.realServers().get(i).server().backend();
      Turn known = turns.get(backend);
      Stance now = stances.get(i);
      next.put(backend, known == null ? Turn.first(now) : known.to(now, nowNanos));
    }
    Optional<PanicRule> exceeded =
        server.panic().filter(rule -> rule.exceeded(failed(next), inService(next)));
    if (exceeded.isEmpty()) {
      next.replaceAll((backend, turn) -> turn.kept(false));
      return new Pool(next, NEVER);
    }
    long beganNanos = panicNanos == NEVER ? nowNanos : panicNanos;
    long earliestNanos = beganNanos - exceeded.get().windowNanos();
    next.replaceAll(
        (backend, turn) -> turn.kept(turn.failed() && turn.sinceNanos() >= earliestNanos));
    return new Pool(next, beganNanos);
  }

  private static int failed(Map<BackendRef, Turn> turns) {
    return (int) turns.values().stream().filter(Turn::failed).count();
  }

  private static int inService(Map<BackendRef, Turn> turns) {
    return (int) turns.values().stream().filter(turn -> !turn.drained()).count();
  }

  /**
   * The weights of those that take connections, which a failure that is not believed does.
   *
   * @param whole what each real server weighs when it has grown
   */
  Map<RealServer, Integer> weights(Map<RealServer, Integer> whole, long nowNanos) {
    Map<RealServer, Integer> weights = new LinkedHashMap<>();
    whole.forEach(
        (real, weight) -> {
          if (turns.get(real.server().backend()).serves()) {
            long upNanos = upNanos(real, nowNanos);
            weights.put(real, SlowStart.weight(weight, real.slowStartNanos(), upNanos));
          }
        });
    return weights;
  }

  /** When a weight changes next though nothing happens; {@link #NEVER} for never. */
  long nextNanos(List<RealServer> reals, long nowNanos) {
    return reals.stream()
        .filter(real -> real.slowStartNanos() > 0)
        .mapToLong(real -> nextNanos(real, nowNanos))
        .min()
        .orElse(NEVER);
  }

  private long nextNanos(RealServer real, long nowNanos) {
    long upNanos = upNanos(real, nowNanos);
    long nextNanos = SlowStart.nextNanos(real.slowStartNanos(), upNanos);
    return nextNanos == NEVER ? NEVER : nowNanos - upNanos + nextNanos;
  }

  private long upNanos(RealServer real, long nowNanos) {
    Turn turn = turns.get(real.server().backend());
    return turn.serves() && turn.up() ? nowNanos - turn.sinceNanos() : Long.MAX_VALUE;
  }

  /** What to tell of the way here from {@code before}. */
  Optional<VirtualServerEvent> news(Pool before, VirtualServer server, long nowNanos) {
    boolean was = before.panicNanos() != NEVER;
    boolean is = panicNanos != NEVER;
    if (was == is) {
      return Optional.empty();
    }
    int failed = failed(turns);
    int total = inService(turns);
    if (is) {
      int kept = (int) turns.values().stream().filter(Turn::kept).count();
      int percent = server.panic().orElseThrow().thresholdPercent();
      return Optional.of(new PanicBegan(server.name(), failed, total, percent, kept));
    }
    long heldMillis = TimeUnit.NANOSECONDS.toMillis(nowNanos - before.panicNanos());
    return Optional.of(new PanicEnded(server.name(), failed, total, heldMillis));
  }
}
