package io.keepstream.contract;

import java.util.List;

/**
 * Asks a source for events that somebody has missed; the answer is {@link Recalled}.
 *
 * @param from the first sequence
 * @param to the last one
 */
public record Recall(long from, long to) {

  /**
   * What a source still has of them.
   *
   * @param events the oldest first and without gaps; fewer than asked for when there are many, none
   *     when they are gone
   */
  public record Recalled(List<Envelope> events) {
    public Recalled {
      events = List.copyOf(events);
    }
  }
}
