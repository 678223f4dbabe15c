package io.keepstream.election.machine;

import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.Priority.Share;
import io.keepstream.contract.event.TrackerRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What trackers do to a virtual router: they shift its priority or fault it. */
public final class Tracking {
  private static final int MAX_PRIORITY = 254;

  private Tracking() {}

  /** What is known of a tracker. */
  public enum Verdict {
    UNKNOWN,
    UP,
    DOWN
  }

  /**
   * A tracker as an instance uses it.
   *
   * @param tracker which one
   * @param weight positive: added while up; negative: subtracted while down; 0: its failure faults
   * @param reverse negates the weight; with weight 0, being up faults
   */
  public record Tracked(TrackerRef tracker, int weight, boolean reverse) {}

  /**
   * What follows from all trackers.
   *
   * @param faults trackers of weight 0 that have failed, in words
   * @param ready false while a tracker of weight 0 has not reported yet
   */
  public record Standing(Priority priority, List<String> faults, boolean ready) {
    public Standing {
      faults = List.copyOf(faults);
    }
  }

  /** Evaluates {@code tracked} for a router of {@code base} priority. */
  public static Standing evaluate(
      int base, List<Tracked> tracked, Function<TrackerRef, Verdict> verdicts) {
    List<Share> shares = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    boolean ready = true;
    for (Tracked each : tracked) {
      Verdict verdict = verdicts.apply(each.tracker());
      if (each.weight() == 0) {
        ready &= verdict != Verdict.UNKNOWN;
        if (verdict == (each.reverse() ? Verdict.UP : Verdict.DOWN)) {
          faults.add(words(each.tracker()) + (each.reverse() ? " is up" : " is down"));
        }
      } else if (base != VirtualRouterConfig.OWNER_PRIORITY) {
        int points = points(each, verdict);
        if (points != 0) {
          shares.add(new Share(words(each.tracker()), points));
        }
      }
    }
    return new Standing(priority(base, shares), faults, ready);
  }

  private static int points(Tracked tracked, Verdict verdict) {
    Verdict counts = tracked.weight() > 0 ? Verdict.UP : Verdict.DOWN;
    if (verdict != counts) {
      return 0;
    }
    return tracked.reverse() ? -tracked.weight() : tracked.weight();
  }

  private static Priority priority(int base, List<Share> shares) {
    if (shares.isEmpty()) {
      return Priority.of(base);
    }
    int total = base + shares.stream().mapToInt(Share::points).sum();
    return new Priority(base, Math.clamp(total, 1, MAX_PRIORITY), shares);
  }

  private static String words(TrackerRef tracker) {
    return tracker.kind().label() + " " + tracker.name();
  }
}
