package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Numbers;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.TrackerRef.Kind;
import io.keepstream.election.machine.Tracking.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The lines {@code name [weight N [reverse|noreverse]]} of {@code track_script} and its kin. */
final class TrackReader {
  private static final int MAX_WEIGHT = 253;

  private final Map<String, Section> scripts;
  private final Consumer<Diagnostic> problems;

  TrackReader(Section root, Consumer<Diagnostic> problems) {
    this.scripts =
        root.blocks("vrrp_script").stream()
            .collect(Collectors.toMap(Section::name, Function.identity(), (first, later) -> first));
    this.problems = problems;
  }

  /** All trackers of an instance. */
  List<Tracked> read(Section instance) {
    List<Tracked> tracked = new ArrayList<>();
    for (Statement line : instance.lines("track_interface")) {
      tracked.add(
          tracked(line, Kind.INTERFACE, weight(line).orElse(0), Words.hasOption(line, "reverse")));
    }
    for (Statement line : instance.lines("track_script")) {
      script(line).ifPresent(tracked::add);
    }
    return tracked;
  }

  private Optional<Tracked> script(Statement line) {
    Section script = scripts.get(line.keyword().text());
    if (script == null) {
      problems.accept(
          Diagnostic.warning(
              line.position(),
              "there is no vrrp_script \"%s\"; it is not tracked"
                  .formatted(line.keyword().text())));
      return Optional.empty();
    }
    Optional<Statement> own = script.last("weight");
    int inherited = script.integer("weight").orElse(0);
    boolean inheritedReverse = own.filter(s -> Words.hasOption(s, "reverse")).isPresent();
    boolean reverse =
        Words.hasOption(line, "reverse")
            || (inheritedReverse && !Words.hasOption(line, "noreverse") && weight(line).isEmpty());
    return Optional.of(tracked(line, Kind.SCRIPT, weight(line).orElse(inherited), reverse));
  }

  private static Tracked tracked(Statement line, Kind kind, int weight, boolean reverse) {
    return new Tracked(
        new TrackerRef(kind, line.keyword().text()),
        Math.clamp(weight, -MAX_WEIGHT, MAX_WEIGHT),
        reverse);
  }

  private static Optional<Integer> weight(Statement line) {
    return Words.option(line, "weight")
        .map(Numbers::integer)
        .filter(value -> value.isPresent())
        .map(value -> (int) value.getAsLong());
  }
}
