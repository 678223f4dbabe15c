package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.FilePaths;
import io.keepstream.config.value.Numbers;
import io.keepstream.health.config.BackendReader.Place;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads {@code FILE_CHECK} and {@code BFD_CHECK}, which ask nobody: they are told. An attempt waits
 * until there is news and the next one begins at once.
 */
final class SignalReader {
  private static final Schedule AT_ONCE = new Schedule(0, 0, 1, Schedule.ON_SCHEDULE);

  /** Far beyond any deadline, yet with room to add a time to it. */
  private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

  private final Section root;
  private final Consumer<Diagnostic> problems;

  SignalReader(Section root, Consumer<Diagnostic> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** Empty when there is no such file, which the vocabulary check reports. */
  Optional<CheckConfig> file(Section check, Place place) {
    Optional<Section> defined =
        Stream.of("track_file", "vrrp_track_file")
            .flatMap(keyword -> root.blocks(keyword).stream())
            .filter(block -> block.name().equals(check.text("track_file").orElse(null)))
            .findFirst();
    return defined.flatMap(
        block ->
            block
                .text("file")
                .filter(path -> FilePaths.read(path).isPresent())
                .map(
                    path ->
                        config(
                            check,
                            place,
                            new Target.TrackFile(block.name(), path, weight(check, block)))));
  }

  /** Empty when there is no such session or it is none of ours. */
  Optional<CheckConfig> bfd(Section check, Place place) {
    return root.blocks("bfd_instance").stream()
        .filter(block -> block.name().equals(check.text("name").orElse(null)))
        .findFirst()
        .filter(session -> meantForCheckers(session, check))
        .map(session -> config(check, place, new Target.Bfd(session.name())));
  }

  private boolean meantForCheckers(Section session, Section check) {
    boolean meant = session.has("checker") || !session.has("vrrp");
    if (!meant) {
      problems.accept(
          Diagnostic.warning(
              check.last("name").orElseThrow().position(),
              "name: bfd_instance \"%s\" is for VRRP only, so the check is left out"
                  .formatted(session.name())));
    }
    return meant;
  }

  private static CheckConfig config(Section check, Place place, Target target) {
    FailureReason reason =
        target instanceof Target.Bfd ? FailureReason.BFD_DOWN : FailureReason.FILE_VALUE;
    Counting counting = new Counting(1, 1, place.inherited(check).flag("alpha"));
    return place.config(check, target, new CheckRules(AT_ONCE, counting, NEVER_NANOS, reason));
  }

  /** Said by the check, else by the file, with the sign that {@code reverse} turns. */
  private static int weight(Section check, Section file) {
    return check.last("weight").or(() -> file.last("weight")).map(SignalReader::weight).orElse(1);
  }

  private static int weight(Statement line) {
    boolean reverse = line.arguments().stream().map(Word::text).anyMatch("reverse"::equals);
    int weight =
        Math.clamp(
            Numbers.integer(line.argument(0)).orElse(1), -Integer.MAX_VALUE, Integer.MAX_VALUE);
    return reverse ? -weight : weight;
  }
}
