package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.value.DecimalUnit;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.health.config.ScriptReader.Read.Found;
import io.keepstream.health.config.ScriptReader.Read.LeftOut;
import io.keepstream.health.port.LocalSystem;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads the scripts that VRRP instances and sync groups track. */
final class TrackerReader {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LocalSystem system;
  private final Consumer<Diagnostic> problems;

  TrackerReader(LocalSystem system, Consumer<Diagnostic> problems) {
    this.system = system;
    this.problems = problems;
  }

  Map<TrackerRef, TrackerConfig> read(Section root) {
    ScriptReader scripts = new ScriptReader(root, system);
    Map<TrackerRef, TrackerConfig> trackers = new LinkedHashMap<>();
    TrackedNames.ofVrrp(root, "track_script")
        .used(root.blocks("vrrp_script").stream(), "script, so it is not run", problems)
        .forEach(
            (name, block) ->
                trackers.put(
                    new TrackerRef(TrackerRef.Kind.SCRIPT, name), tracker(block, scripts)));
    return trackers;
  }

  private TrackerConfig tracker(Section block, ScriptReader scripts) {
    return switch (scripts.read(block, "script")) {
      case LeftOut(var obstacle) -> {
        String message = "vrrp_script: %s, so the script is not run".formatted(obstacle.reason());
        problems.accept(Diagnostic.warning(obstacle.kind(), block.header().position(), message));
        yield new TrackerConfig.LeftOut("not run: " + obstacle.reason());
      }
      case Found(var command) ->
          new TrackerConfig.Checked(
              new CheckConfig(new Target.Script(command), rules(block), false));
    };
  }

  private static CheckRules rules(Section block) {
    long intervalNanos = seconds(block, "interval", SECOND_NANOS);
    return new CheckRules(
        new Schedule(0, 0, intervalNanos, Schedule.ON_SCHEDULE),
        new Counting(
            Math.max(block.integer("rise").orElse(1), 1),
            Math.max(block.integer("fall").orElse(1), 1),
            block.has("init_fail")),
        seconds(block, "timeout", intervalNanos),
        FailureReason.SCRIPT_TIMEOUT);
  }

  /** A time of which 0 means one second. */
  private static long seconds(Section block, String keyword, long defaultNanos) {
    long nanos = block.decimalNanos(keyword, DecimalUnit.SECONDS_TO_MILLIS).orElse(defaultNanos);
    return nanos == 0 ? SECOND_NANOS : nanos;
  }
}
