package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.Numbers;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.TrackerRef.Kind;
import io.keepstream.election.machine.Tracking.Tracked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lines {@code name [weight N [reverse|noreverse]]} of {@code track_script} and its kin, of
 * instances and of the sync groups they are in.
 */
final class TrackReader {
  private static final int MAX_WEIGHT = 254;

  /** Of what is only up or down, as in keepalived. */
  private static final int MAX_WEIGHT_OF_TWO_STATES = 253;

  /**
   * The objects of a kind that a line may name; the line inherits what it does not say.
   *
   * @param keyword the block that defines one
   * @param weight the weight of an object that says none
   */
  private record Objects(String keyword, int weight, Map<String, Section> byName) {}

  private final Map<Kind, Objects> objects;
  private final Map<String, GroupTracking> groups = new HashMap<>();
  private final Consumer<Diagnostic> problems;

  TrackReader(Section root, Consumer<Diagnostic> problems) {
    this.problems = problems;
    objects =
        Map.of(
            Kind.SCRIPT, objects(root, 0, "vrrp_script"),
            Kind.FILE, objects(root, 1, "track_file", "vrrp_track_file"),
            Kind.PROCESS, objects(root, 0, "vrrp_track_process"),
            Kind.BFD, objects(root, 0, "bfd_instance"));
    for (Section group : root.blocks("vrrp_sync_group")) {
      boolean keepsWeights =
          group.has("sync_group_tracking_weight") || group.has("global_tracking");
      GroupTracking tracking = new GroupTracking(group.name(), lines(group), keepsWeights);
      for (Word member : group.entries("group")) {
        groups.putIfAbsent(member.text(), tracking);
      }
    }
  }

  private static Objects objects(Section root, int weight, String... keywords) {
    Map<String, Section> byName =
        Stream.of(keywords)
            .flatMap(keyword -> root.blocks(keyword).stream())
            .collect(Collectors.toMap(Section::name, Function.identity(), (first, later) -> first));
    return new Objects(keywords[0], weight, byName);
  }

  /** How long the last result of a tracker holds in silence, in nanoseconds, where that is said. */
  Map<TrackerRef, Long> patience() {
    Map<TrackerRef, Long> patience = new HashMap<>();
    for (Kind kind : List.of(Kind.SCRIPT, Kind.FILE, Kind.PROCESS)) {
      objects
          .get(kind)
          .byName()
          .forEach(
              (name, object) ->
                  object
                      .integer("distrust_after")
                      .ifPresent(
                          seconds ->
                              patience.put(
                                  new TrackerRef(kind, name), TimeUnit.SECONDS.toNanos(seconds))));
    }
    return patience;
  }

  /** All trackers of an instance, those of its sync group included. */
  List<Tracked> read(Section instance) {
    List<TrackLine> own = lines(instance);
    GroupTracking group = groups.get(instance.name());
    return group == null ? own.stream().map(TrackLine::tracked).toList() : group.of(own, problems);
  }

  private List<TrackLine> lines(Section block) {
    List<TrackLine> lines = new ArrayList<>();
    for (Statement line : block.lines("track_interface")) {
      lines.add(
          line(line, Kind.INTERFACE, weight(line).orElse(0), Words.hasOption(line, "reverse")));
    }
    for (Kind kind : List.of(Kind.SCRIPT, Kind.FILE, Kind.PROCESS, Kind.BFD)) {
      for (Statement line : block.lines("track_" + kind.label())) {
        object(line, kind).ifPresent(lines::add);
      }
    }
    return lines;
  }

  private Optional<TrackLine> object(Statement line, Kind kind) {
    Objects known = objects.get(kind);
    Section object = known.byName().get(line.keyword().text());
    if (object == null) {
      problems.accept(
          Diagnostic.warning(
              line.position(),
              "there is no %s \"%s\"; it is not tracked"
                  .formatted(known.keyword(), line.keyword().text())));
      return Optional.empty();
    }
    if (kind == Kind.BFD && !meantForVrrp(object, line)) {
      return Optional.empty();
    }
    int inherited = object.integer("weight").orElse(known.weight());
    boolean inheritedReverse =
        object.last("weight").filter(s -> Words.hasOption(s, "reverse")).isPresent();
    boolean reverse =
        Words.hasOption(line, "reverse")
            || (inheritedReverse && !Words.hasOption(line, "noreverse") && weight(line).isEmpty());
    return Optional.of(line(line, kind, weight(line).orElse(inherited), reverse));
  }

  private boolean meantForVrrp(Section session, Statement line) {
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

  private static TrackLine line(Statement line, Kind kind, int weight, boolean reverse) {
    int max = kind == Kind.FILE || kind == Kind.PROCESS ? MAX_WEIGHT : MAX_WEIGHT_OF_TWO_STATES;
    TrackerRef tracker = new TrackerRef(kind, line.keyword().text());
    return new TrackLine(
        new Tracked(tracker, Math.clamp(weight, -max, max), reverse), line.position());
  }

  private static Optional<Integer> weight(Statement line) {
    return Words.option(line, "weight")
        .map(Numbers::integer)
        .filter(value -> value.isPresent())
        .map(value -> (int) value.getAsLong());
  }
}
