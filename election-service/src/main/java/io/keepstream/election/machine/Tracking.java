package io.keepstream.election.machine;

import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.Priority.Share;
import io.keepstream.contract.event.TrackerRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What trackers do to a virtual router: they shift its priority or fault it. */
public final class Tracking {
  private static final int MAX_PRIORITY = 254;
  private static final int MAX_FILE_POINTS = 253;
  private static final int FAULT_FILE_POINTS = -254;

  private Tracking() {}

  /** What is known of a tracker. */
  public sealed interface Known {}

  /** What is known of a tracker that is good or bad, or of any before its first result. */
  public enum Verdict implements Known {
    UNKNOWN,
    UP,
    DOWN,
    /** Who watches it has said nothing for too long: the worse of up and down counts. */
    SILENT
  }

  /** What is known of a file: the number in it. */
  public record FileSays(int number) implements Known {}

  /**
   * A tracker as an instance uses it.
   *
   * @param tracker which one
   * @param weight positive: added while up; negative: subtracted while down; 0: its failure faults;
   *     of a file: multiplies its number, of which 0 counts as good
   * @param reverse negates the weight; with weight 0, being up faults
   */
  public record Tracked(TrackerRef tracker, int weight, boolean reverse) {}

  /**
   * What follows from all trackers.
   *
   * @param faults trackers of weight 0 that have failed, and files that outweigh any priority, in
   *     words
   * @param awaited trackers of weight 0 that have not reported yet, in words
   */
  public record Standing(Priority priority, List<String> faults, List<String> awaited) {
    public Standing {
      faults = List.copyOf(faults);
      awaited = List.copyOf(awaited);
    }
  }

  /** Evaluates {@code tracked} for a router of {@code base} priority. */
  public static Standing evaluate(
      int base, List<Tracked> tracked, Function<TrackerRef, ? extends Known> knowledge) {
    List<Share> shares = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    List<String> awaited = new ArrayList<>();
    boolean owner = base == VirtualRouterConfig.OWNER_PRIORITY;
    for (Tracked each : tracked) {
      Known known = knowledge.apply(each.tracker());
      if (each.weight() == 0 && known == Verdict.UNKNOWN) {
        awaited.add(words(each.tracker()));
      }
      if (faults(each, known, owner)) {
        faults.add(words(each.tracker()) + says(known));
      } else if (!owner && points(each, known) != 0) {
        shares.add(new Share(words(each.tracker()), points(each, known)));
      }
    }
    return new Standing(priority(base, shares), faults, awaited);
  }

  private static boolean faults(Tracked tracked, Known known, boolean owner) {
    boolean faultsByState = tracked.weight() == 0;
    return switch (known) {
      case Verdict verdict ->
          faultsByState
              && (verdict == Verdict.SILENT
                  || verdict == (tracked.reverse() ? Verdict.UP : Verdict.DOWN));
      case FileSays file ->
          faultsByState
              ? tracked.reverse() == (file.number() == 0)
              : !owner && product(tracked, file) <= FAULT_FILE_POINTS;
    };
  }

  private static int points(Tracked tracked, Known known) {
    return switch (known) {
      case Verdict.SILENT -> Math.min(points(tracked, Verdict.UP), points(tracked, Verdict.DOWN));
      case Verdict verdict -> {
        Verdict counts = tracked.weight() > 0 ? Verdict.UP : Verdict.DOWN;
        yield verdict == counts ? signed(tracked) : 0;
      }
      case FileSays file -> (int) Math.min(product(tracked, file), MAX_FILE_POINTS);
    };
  }

  private static int signed(Tracked tracked) {
    return tracked.reverse() ? -tracked.weight() : tracked.weight();
  }

  private static long product(Tracked tracked, FileSays file) {
    return (long) file.number() * signed(tracked);
  }

  private static String says(Known known) {
    return switch (known) {
      case Verdict verdict -> " is " + verdict.name().toLowerCase(Locale.ROOT);
      case FileSays file -> " says " + file.number();
    };
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
