package io.keepstream.election.explain;

import io.keepstream.election.machine.Tracking.Standing;
import io.keepstream.election.machine.Tracking.Tracked;

/**
 * A tracker as an instance uses it.
 *
 * @param tracked which one, with its weight
 * @param says what is known of it, as in {@code up}
 * @param otherwise what all trackers would amount to if this one said the opposite; null while
 *     there is no opposite
 */
public record Watched(Tracked tracked, String says, Standing otherwise) {
  /** Kind and name, as in the arithmetic of a priority. */
  public String name() {
    return tracked.tracker().kind().label() + " " + tracked.tracker().name();
  }
}
