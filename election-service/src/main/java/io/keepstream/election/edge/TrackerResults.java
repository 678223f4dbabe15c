package io.keepstream.election.edge;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.machine.Tracking.FileSays;
import io.keepstream.election.machine.Tracking.Known;
import io.keepstream.election.machine.Tracking.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What health-service has said of trackers, and of which of them that holds no longer. */
final class TrackerResults {
  private final Map<TrackerRef, Known> said = new HashMap<>();
  private Set<TrackerRef> silent = Set.of();

  /** Takes in a result; {@code value} is the number of a file, else null. Whether it is new. */
  boolean take(TrackerRef tracker, boolean up, Integer value) {
    Known known = value != null ? new FileSays(value) : up ? Verdict.UP : Verdict.DOWN;
    return !known.equals(said.put(tracker, known));
  }

  /** From now on those of {@code trackers} hold no longer. Whether that is new. */
  boolean silence(Set<TrackerRef> trackers) {
    boolean same = silent.equals(trackers);
    silent = trackers;
    return !same;
  }

  /** Forgets all others. */
  void retain(Set<TrackerRef> trackers) {
    said.keySet().retainAll(trackers);
  }

  Known of(TrackerRef tracker) {
    Known known = said.getOrDefault(tracker, Verdict.UNKNOWN);
    return known != Verdict.UNKNOWN && silent.contains(tracker) ? Verdict.SILENT : known;
  }
}
