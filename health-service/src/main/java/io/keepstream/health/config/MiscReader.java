package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.health.config.BackendReader.Place;
import io.keepstream.health.config.ScriptReader.Read.Found;
import io.keepstream.health.config.ScriptReader.Read.LeftOut;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.FailureReason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads {@code MISC_CHECK}. */
final class MiscReader {
  private final ScriptReader scripts;
  private final RulesReader rules;
  private final Consumer<Diagnostic> problems;

  MiscReader(ScriptReader scripts, RulesReader rules, Consumer<Diagnostic> problems) {
    this.scripts = scripts;
    this.rules = rules;
    this.problems = problems;
  }

  /** Empty when the script cannot or must not be run, which is no fault of the real server. */
  Optional<CheckConfig> read(Section check, Place place) {
    return switch (scripts.read(check, "misc_path")) {
      case LeftOut(var obstacle) -> {
        String message = "MISC_CHECK: %s, so the check is left out".formatted(obstacle.reason());
        problems.accept(Diagnostic.warning(obstacle.kind(), check.position(), message));
        yield Optional.empty();
      }
      case Found(var command) -> {
        Integer weight = check.has("misc_dynamic") ? weight(place) : null;
        yield Optional.of(
            place.config(check, new Target.Misc(command, weight), rules(check, place)));
      }
    };
  }

  private static int weight(Place place) {
    return place
        .realServer()
        .integer("weight")
        .orElse(place.virtualServer().section().integer("weight").orElse(1));
  }

  private CheckRules rules(Section check, Place place) {
    Inherited virtualServer = new Inherited(List.of(place.virtualServer().section()));
    long timeoutNanos = TimeUnit.SECONDS.toNanos(check.integer("misc_timeout").orElse(0));
    return rules.read(
        place.inherited(check),
        RulesReader.Defaults.MISC,
        timeoutNanos > 0 ? timeoutNanos : RulesReader.periodNanos(virtualServer),
        FailureReason.SCRIPT_TIMEOUT);
  }
}
