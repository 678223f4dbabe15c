package io.keepstream.election.edge;

import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.explain.Watched;
import io.keepstream.election.machine.Tracking;
import io.keepstream.election.machine.Tracking.FileSays;
import io.keepstream.election.machine.Tracking.Known;
import io.keepstream.election.machine.Tracking.Standing;
import io.keepstream.election.machine.Tracking.Tracked;
import io.keepstream.election.machine.Tracking.Verdict;
import java.util.List;
import java.util.Locale;

/** What an instance's trackers say, and what would be if one said the opposite. */
final class Watching {
  private Watching() {}

  static List<Watched> of(InstanceConfig config, Surroundings surroundings) {
    return config.tracked().stream().map(each -> watched(each, config, surroundings)).toList();
  }

  private static Watched watched(Tracked tracked, InstanceConfig config, Surroundings around) {
    Known known = around.verdicts().apply(tracked.tracker());
    return new Watched(tracked, says(known), otherwise(tracked, config, around));
  }

  private static String says(Known known) {
    return switch (known) {
      case Verdict verdict -> verdict.name().toLowerCase(Locale.ROOT);
      case FileSays file -> String.valueOf(file.number());
    };
  }

  private static Standing otherwise(Tracked tracked, InstanceConfig config, Surroundings around) {
    Known known = around.verdicts().apply(tracked.tracker());
    if (known != Verdict.UP && known != Verdict.DOWN) {
      return null;
    }
    Verdict opposite = known == Verdict.UP ? Verdict.DOWN : Verdict.UP;
    return Tracking.evaluate(
        config.machine().priority(),
        config.tracked(),
        tracker -> tracker.equals(tracked.tracker()) ? opposite : around.verdicts().apply(tracker));
  }
}
