package io.keepstream.runtime.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What waits for somebody who is away, up to a limit; the oldest goes first.
 *
 * @param <T> what waits
 */
public final class Backlog<T> {
  private final int most;
  private final Deque<T> waiting = new ArrayDeque<>();
  private long forgotten;

  /** An empty one that keeps at most {@code most}. */
  public Backlog(int most) {
    this.most = most;
  }

  /** Keeps {@code message}, and gives up the oldest for it where it must. */
  public void add(T message) {
    if (waiting.size() == most) {
      waiting.removeFirst();
      forgotten++;
    }
    waiting.addLast(message);
  }

  /** How many have been given up since it was drained last. */
  public long forgotten() {
    return forgotten;
  }

  /** All that waits, the oldest first, and waits no more. */
  public List<T> drain() {
    List<T> all = List.copyOf(waiting);
    waiting.clear();
    forgotten = 0;
    return all;
  }
}
