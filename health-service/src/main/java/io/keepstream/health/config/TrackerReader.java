package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Identity;
import io.keepstream.config.ScriptLine;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.DecimalUnit;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.health.port.LocalSystem;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
import io.keepstream.runtime.script.ScriptCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the scripts that VRRP instances and sync groups track. */
final class TrackerReader {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String KEEPALIVED_USER = "keepalived_script";

  private final LocalSystem system;
  private final List<Diagnostic> diagnostics;

  TrackerReader(LocalSystem system, List<Diagnostic> diagnostics) {
    this.system = system;
    this.diagnostics = diagnostics;
  }

  Map<TrackerRef, CheckConfig> read(Section root) {
    Set<String> tracked =
        Stream.of("vrrp_instance", "vrrp_sync_group")
            .flatMap(keyword -> root.blocks(keyword).stream())
            .flatMap(block -> block.lines("track_script").stream())
            .map(line -> line.keyword().text())
            .collect(Collectors.toSet());
    Identity defaultUser = defaultUser(root);
    Map<TrackerRef, CheckConfig> trackers = new LinkedHashMap<>();
    for (Section block : root.blocks("vrrp_script")) {
      if (tracked.contains(block.name())) {
        script(block, defaultUser)
            .ifPresent(
                check ->
                    trackers.putIfAbsent(
                        new TrackerRef(TrackerRef.Kind.SCRIPT, block.name()), check));
      } else {
        warn(block.header(), "nobody tracks this script, so it is not run");
      }
    }
    return trackers;
  }

  private Identity defaultUser(Section root) {
    Optional<Identity> configured =
        root.blocks("global_defs").reversed().stream()
            .flatMap(globals -> globals.identity("script_user").stream())
            .findFirst();
    return configured.orElseGet(
        () ->
            system.hasUser(KEEPALIVED_USER)
                ? new Identity(KEEPALIVED_USER, null, false)
                : Identity.NONE);
  }

  private Optional<CheckConfig> script(Section block, Identity defaultUser) {
    Optional<ScriptLine> line = block.script("script");
    Identity user = block.identity("user").orElse(defaultUser);
    if (line.isEmpty() || !known(user, block.last("user").orElse(block.header()))) {
      return Optional.empty();
    }
    ScriptLine script = line.get();
    if (!system.canRun(script.command().getFirst())) {
      diagnostics.add(
          Diagnostic.warning(
              script.position(),
              "`%s` cannot be run here, so the script will fail"
                  .formatted(script.command().getFirst())));
    }
    ScriptCommand command =
        new ScriptCommand(script.command(), user.user(), user.group(), user.supplementaryGroups());
    return Optional.of(new CheckConfig(new Target.Script(command), rules(block), false));
  }

  /** Whoever is not there cannot run a script: as in keepalived, it is left out. */
  private boolean known(Identity user, Statement line) {
    if (user.user() != null && !system.hasUser(user.user())) {
      warn(line, "there is no user `%s` here, so the script is not run".formatted(user.user()));
      return false;
    }
    if (user.group() != null && !system.hasGroup(user.group())) {
      warn(line, "there is no group `%s` here, so the script is not run".formatted(user.group()));
      return false;
    }
    return true;
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

  private void warn(Statement line, String message) {
    diagnostics.add(Diagnostic.warning(line.position(), line.keyword().text() + ": " + message));
  }
}
