package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.election.machine.Tracking.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the members of a {@code vrrp_sync_group} track, as in keepalived: what the group tracks
 * counts for every member. Weights of a member's own would let members of one node differ in
 * priority, so that they want to be MASTER of different nodes; unless the group says {@code
 * sync_group_tracking_weight} they do not count.
 *
 * @param name the group's name
 * @param lines what the group tracks
 * @param keepsWeights whether members keep the weights of their own trackers
 */
record GroupTracking(String name, List<TrackLine> lines, boolean keepsWeights) {
  private static final int FILE_DEFAULT_WEIGHT = 1;

  GroupTracking {
    lines = List.copyOf(lines);
  }

  /** What a member with {@code own} lines tracks; of two lines for one object one counts. */
  List<Tracked> of(List<TrackLine> own, Consumer<Diagnostic> problems) {
    List<Tracked> tracked = new ArrayList<>();
    for (TrackLine line : own) {
      if (line.tracked().weight() == 0 || lines.stream().noneMatch(line::sameObject)) {
        count(line, problems).ifPresent(tracked::add);
      }
    }
    for (TrackLine line : lines) {
      if (own.stream().noneMatch(o -> o.tracked().weight() == 0 && o.sameObject(line))) {
        tracked.add(line.tracked());
      }
    }
    return tracked;
  }

  private Optional<Tracked> count(TrackLine line, Consumer<Diagnostic> problems) {
    Optional<Tracked> counts = keepsWeights ? Optional.of(line.tracked()) : neutral(line.tracked());
    if (!counts.equals(Optional.of(line.tracked()))) {
      problems.accept(
          Diagnostic.warning(
              line.position(),
              "a member of vrrp_sync_group %s has no weights of its own: %s; track it in the group,"
                      .formatted(
                          name, counts.isPresent() ? "failure means FAULT" : "it is not tracked")
                  + " or write sync_group_tracking_weight there"));
    }
    return counts;
  }

  private static Optional<Tracked> neutral(Tracked own) {
    int weight = own.weight();
    return switch (own.tracker().kind()) {
      case INTERFACE -> Optional.of(faulting(own));
      case SCRIPT, BFD -> weight == 0 ? Optional.of(own) : Optional.empty();
      case FILE ->
          weight == 0 || weight == FILE_DEFAULT_WEIGHT
              ? Optional.of(faulting(own))
              : Optional.empty();
      case PROCESS -> Optional.of(own);
    };
  }

  private static Tracked faulting(Tracked own) {
    return new Tracked(own.tracker(), 0, own.reverse());
  }
}
