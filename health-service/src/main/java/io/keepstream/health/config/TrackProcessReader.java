package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.DecimalUnit;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.health.tracker.ProcessPattern;
import io.keepstream.health.tracker.ProcessPattern.Match;
import io.keepstream.health.tracker.QuorumRules;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the processes that VRRP instances and sync groups track. */
final class TrackProcessReader {
  private final Consumer<Diagnostic> problems;

  TrackProcessReader(Consumer<Diagnostic> problems) {
    this.problems = problems;
  }

  Map<TrackerRef, ProcessConfig> read(Section root) {
    Map<TrackerRef, ProcessConfig> processes = new LinkedHashMap<>();
    TrackedNames.ofVrrp(root, "track_process")
        .used(root.blocks("vrrp_track_process").stream(), "process, so it is not watched", problems)
        .forEach(
            (name, block) ->
                block.all("process").stream()
                    .filter(line -> !line.arguments().isEmpty())
                    .findFirst()
                    .ifPresent(
                        line ->
                            processes.put(
                                new TrackerRef(TrackerRef.Kind.PROCESS, name),
                                new ProcessConfig(pattern(block, line), rules(block)))));
    return processes;
  }

  private ProcessPattern pattern(Section block, Statement line) {
    List<String> words = line.arguments().stream().map(Word::text).toList();
    ProcessPattern pattern =
        new ProcessPattern(
            words.getFirst(),
            words.subList(1, words.size()),
            match(block, words.size() > 1),
            block.has("full_command"));
    if (!pattern.byCommand()) {
      warnOfName(line.arguments().getFirst());
    }
    return pattern;
  }

  private static Match match(Section block, boolean withArguments) {
    return block
        .last("param_match")
        .map(
            line ->
                switch (line.argument(0)) {
                  case "initial" -> Match.INITIAL;
                  case "partial" -> Match.PARTIAL;
                  default -> Match.EXACT;
                })
        .orElse(withArguments ? Match.EXACT : Match.NONE);
  }

  private void warnOfName(Word word) {
    String name = word.text();
    if (name.contains("/")) {
      warn(word, "a process name has no path; full_command compares the command instead");
    } else if (name.getBytes(StandardCharsets.UTF_8).length > ProcessPattern.NAME_BYTES) {
      warn(
          word,
          "a process name has %d bytes at most, and no more are compared; full_command compares all"
              .formatted(ProcessPattern.NAME_BYTES));
    }
  }

  private QuorumRules rules(Section block) {
    int least = Math.max(block.integer("quorum").orElse(1), 1);
    int most = Math.max(block.integer("quorum_max").orElse(QuorumRules.UNLIMITED), 0);
    if (most != 0 && most < least) {
      warn(
          block.last("quorum_max").orElseThrow().keyword(),
          "quorum_max: %d is less than the quorum of %d, so it is ignored".formatted(most, least));
      most = QuorumRules.UNLIMITED;
    }
    return new QuorumRules(
        Math.min(least, most),
        most,
        delayNanos(block, "fork_delay"),
        delayNanos(block, "terminate_delay"));
  }

  /** The last line that sets {@code keyword}, be it together with the other delay. */
  private static long delayNanos(Section block, String keyword) {
    Set<String> setters = Set.of("delay", keyword);
    return block.statements().reversed().stream()
        .filter(line -> setters.contains(line.keyword().text()))
        .flatMap(line -> DecimalUnit.SECONDS.read(line.argument(0)).stream())
        .findFirst()
        .map(DecimalUnit.Time::nanos)
        .orElse(0L);
  }

  private void warn(Word word, String message) {
    problems.accept(Diagnostic.warning(word.position(), message));
  }
}
