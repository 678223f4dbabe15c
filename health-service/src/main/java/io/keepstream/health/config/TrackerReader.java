package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Identity;
import io.keepstream.config.ScriptLine;
import io.keepstream.config.Section;
import io.keepstream.config.value.DecimalUnit;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.health.port.LocalSystem;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.runtime.script.ScriptUsers;
import io.keepstream.runtime.script.ScriptUsers.Obstacle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
    ScriptUsers users = new ScriptUsers(root, system);
    Map<TrackerRef, TrackerConfig> trackers = new LinkedHashMap<>();
    TrackedNames.ofVrrp(root, "track_script")
        .used(root.blocks("vrrp_script").stream(), "script, so it is not run", problems)
        .forEach(
            (name, block) ->
                trackers.put(new TrackerRef(TrackerRef.Kind.SCRIPT, name), tracker(block, users)));
    return trackers;
  }

  private TrackerConfig tracker(Section block, ScriptUsers users) {
    Identity user = block.identity("user").orElse(users.defaultIdentity());
    Optional<ScriptLine> script = block.script("script");
    Optional<Obstacle> obstacle =
        script.isEmpty()
            ? Optional.of(new Obstacle(Kind.ORDINARY, "there is no script"))
            : obstacle(users, user, script.get().command().getFirst());
    if (obstacle.isPresent()) {
      String reason = obstacle.get().reason();
      String message = "vrrp_script: %s, so the script is not run".formatted(reason);
      problems.accept(
          Diagnostic.warning(obstacle.get().kind(), block.header().position(), message));
      return new TrackerConfig.LeftOut("not run: " + reason);
    }
    ScriptCommand command =
        new ScriptCommand(
            script.get().command(), user.user(), user.group(), user.supplementaryGroups());
    return new TrackerConfig.Checked(
        new CheckConfig(new Target.Script(command), rules(block), false));
  }

  private Optional<Obstacle> obstacle(ScriptUsers users, Identity user, String program) {
    return system.canRun(program)
        ? users.obstacle(user, program)
        : Optional.of(new Obstacle(Kind.ORDINARY, "`%s` cannot be run here".formatted(program)));
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
