package io.keepstream.election.config;

import io.keepstream.config.Position;
import io.keepstream.election.machine.Tracking.Tracked;

/** A line of a {@code track_*} block as read, and where it stands. */
record TrackLine(Tracked tracked, Position position) {
  boolean sameObject(TrackLine other) {
    return tracked.tracker().equals(other.tracked.tracker());
  }
}
