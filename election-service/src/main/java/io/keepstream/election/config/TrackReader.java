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
  private final Map<String, Section> bfdSessions;
  private final Consumer<Diagnostic> problems;

  TrackReader(Section root, Consumer<Diagnostic> problems) {
    this.scripts = byName(root, "vrrp_script");
    this.bfdSessions = byName(root, "bfd_instance");
    this.problems = problems;
  }

  private static Map<String, Section> byName(Section root, String keyword) {
    return root.blocks(keyword).stream()
        .collect(Collectors.toMap(Section::name, Function.identity(), (first, later) -> first));
  }

  /** All trackers of an instance. */
  List<Tracked> read(Section instance) {
    List<Tracked> tracked = new ArrayList<>();
    for (Statement line : instance.lines("track_interface")) {
      tracked.add(
          tracked(line, Kind.INTERFACE, weight(line).orElse(0), Words.hasOption(line, "reverse")));
    }
    for (Statement line : instance.lines("track_script")) {
      tracked(line, Kind.SCRIPT, "vrrp_script", scripts).ifPresent(tracked::add);
    }
    for (Statement line : instance.lines("track_bfd")) {
      tracked(line, Kind.BFD, "bfd_instance", bfdSessions)
          .filter(read -> meantForVrrp(line))
          .ifPresent(tracked::add);
    }
    return tracked;
  }

  private boolean meantForVrrp(Statement line) {
    Section session = bfdSessions.get(line.keyword().text());
    boolean meant = session.has("vrrp") || !session.has("checker");
    if (!meant) {
      problems.accept(
          Diagnostic.warning(
              line.position(),
              "bfd_instance \"%s\" is for checkers only; it is not tracked"
                  .formatted(session.name())));
    }
    return meant;
  }

  /** A line whose weight, if it says none, is that of the block it names. */
  private Optional<Tracked> tracked(
      Statement line, Kind kind, String keyword, Map<String, Section> blocks) {
    Section block = blocks.get(line.keyword().text());
    if (block == null) {
      problems.accept(
          Diagnostic.warning(
              line.position(),
              "there is no %s \"%s\"; it is not tracked"
                  .formatted(keyword, line.keyword().text())));
      return Optional.empty();
    }
    Optional<Statement> own = block.last("weight");
    int inherited = block.integer("weight").orElse(0);
    boolean inheritedReverse = own.filter(s -> Words.hasOption(s, "reverse")).isPresent();
    boolean reverse =
        Words.hasOption(line, "reverse")
            || (inheritedReverse && !Words.hasOption(line, "noreverse") && weight(line).isEmpty());
    return Optional.of(tracked(line, kind, weight(line).orElse(inherited), reverse));
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
