package io.keepstream.election.announce;

import io.keepstream.election.announce.Pacing.Lane;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Announcements that wait for their turn. Each lane lets one through per gap; in a lane the owners
 * take turns, so that one with hundreds of addresses does not hold up one with a single address,
 * and an owner's addresses go round by round. Time comes in as an argument and nothing here sleeps:
 * {@link #deadlineNanos} says when to ask again.
 *
 * @param <O> who announces
 * @param <A> what is announced
 */
public final class AnnouncementQueue<O, A> {
  /** The deadline that means none. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What is announced next, and by whom. */
  public record Turn<O, A>(O owner, A address) {}

  private static final class Waiting<O, A> {
    private final Map<O, Map<A, Integer>> rounds = new HashMap<>();
    private final Deque<O> turns = new ArrayDeque<>();
    private long notBeforeNanos;

    private Waiting(long nowNanos) {
      notBeforeNanos = nowNanos;
    }
  }

  private final Map<Lane, Waiting<O, A>> lanes = new LinkedHashMap<>();

  /** Queues {@code address}; what of it waits already counts towards {@code rounds}. */
  public void add(Turn<O, A> turn, Lane lane, int rounds, long nowNanos) {
    Waiting<O, A> waiting = lanes.computeIfAbsent(lane, any -> new Waiting<>(nowNanos));
    Map<A, Integer> addresses = waiting.rounds.get(turn.owner());
    if (addresses == null) {
      addresses = new LinkedHashMap<>();
      waiting.rounds.put(turn.owner(), addresses);
      waiting.turns.add(turn.owner());
    }
    addresses.merge(turn.address(), rounds, Math::max);
  }

  /** The next announcement that is due, or null. */
  public Turn<O, A> poll(long nowNanos) {
    Iterator<Map.Entry<Lane, Waiting<O, A>>> all = lanes.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Lane, Waiting<O, A>> entry = all.next();
      Lane lane = entry.getKey();
      Waiting<O, A> waiting = entry.getValue();
      if (waiting.notBeforeNanos <= nowNanos) {
        all.remove();
        if (!waiting.turns.isEmpty()) {
          waiting.notBeforeNanos = nowNanos + lane.gapNanos();
          lanes.put(lane, waiting); // behind the others
          return next(waiting);
        }
      }
    }
    return null;
  }

  /** When {@link #poll} has something next. */
  public long deadlineNanos() {
    return lanes.values().stream()
        .filter(waiting -> !waiting.turns.isEmpty())
        .mapToLong(waiting -> waiting.notBeforeNanos)
        .min()
        .orElse(NEVER);
  }

  /** Drops everything of {@code owner}. */
  public void forget(O owner) {
    for (Waiting<O, A> waiting : lanes.values()) {
      if (waiting.rounds.remove(owner) != null) {
        waiting.turns.remove(owner);
      }
    }
  }

  /** Drops what {@code owner} wanted to announce besides {@code addresses}. */
  public void retain(O owner, Collection<A> addresses) {
    for (Waiting<O, A> waiting : lanes.values()) {
      Map<A, Integer> rounds = waiting.rounds.get(owner);
      if (rounds != null && rounds.keySet().retainAll(addresses) && rounds.isEmpty()) {
        waiting.rounds.remove(owner);
        waiting.turns.remove(owner);
      }
    }
  }

  private static <O, A> Turn<O, A> next(Waiting<O, A> waiting) {
    O owner = waiting.turns.remove();
    Map<A, Integer> rounds = waiting.rounds.get(owner);
    Iterator<Map.Entry<A, Integer>> first = rounds.entrySet().iterator();
    Map.Entry<A, Integer> entry = first.next();
    A address = entry.getKey();
    int left = entry.getValue() - 1;
    first.remove();
    if (left > 0) {
      rounds.put(address, left);
    }
    if (rounds.isEmpty()) {
      waiting.rounds.remove(owner);
    } else {
      waiting.turns.add(owner);
    }
    return new Turn<>(owner, address);
  }
}
