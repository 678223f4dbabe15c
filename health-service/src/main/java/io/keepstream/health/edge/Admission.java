package io.keepstream.health.edge;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which attempts may run at the same time, each of which may take a file and a port. Those to
 * targets that did not answer last time get only a part of the places: however many black holes
 * there are, targets that answer find a place.
 *
 * @param <T> who asks, each one at a time
 */
final class Admission<T> {
  private final int most;
  private final int mostSuspects;
  private final Set<T> waiting = new LinkedHashSet<>();
  private final Set<T> waitingSuspects = new LinkedHashSet<>();
  private int running;
  private int runningSuspects;
  private boolean suspectsTurn;

  /** With {@code most} places, at least 1. */
  Admission(int most) {
    this.most = most;
    this.mostSuspects = Math.max(1, most - most / 4);
  }

  /** Takes a place, or waits for one in the order of asking; true when there was one. */
  boolean enter(T one, boolean suspect) {
    Set<T> queue = suspect ? waitingSuspects : waiting;
    if (queue.isEmpty() && hasPlace(suspect)) {
      take(suspect);
      return true;
    }
    queue.add(one);
    return false;
  }

  /** Gives up waiting. */
  void forget(T one) {
    waiting.remove(one);
    waitingSuspects.remove(one);
  }

  /** Gives a place back. */
  void leave(boolean suspect) {
    running--;
    if (suspect) {
      runningSuspects--;
    }
  }

  /** Who has got a place after waiting; null for nobody. Those of both kinds take turns. */
  T next() {
    boolean suspects = canServe(waitingSuspects, true);
    if (suspects && (suspectsTurn || !canServe(waiting, false))) {
      suspectsTurn = false;
      return first(waitingSuspects, true);
    }
    suspectsTurn = suspects;
    return canServe(waiting, false) ? first(waiting, false) : null;
  }

  private boolean canServe(Set<T> queue, boolean suspect) {
    return !queue.isEmpty() && hasPlace(suspect);
  }

  private T first(Set<T> queue, boolean suspect) {
    T first = queue.iterator().next();
    queue.remove(first);
    take(suspect);
    return first;
  }

  private boolean hasPlace(boolean suspect) {
    return running < most && (!suspect || runningSuspects < mostSuspects);
  }

  private void take(boolean suspect) {
    running++;
    if (suspect) {
      runningSuspects++;
    }
  }

  /** Whether no place is taken. */
  boolean isIdle() {
    return running == 0;
  }
}
