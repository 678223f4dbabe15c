package io.keepstream.election.config;

import io.keepstream.config.ScriptLine;
import io.keepstream.config.Section;
import io.keepstream.contract.event.TrackerRef.Kind;
import io.keepstream.election.machine.Tracking.Tracked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what is only told of an instance. */
final class ReportedReader {
  private final Map<String, String> scripts = new HashMap<>();
  private final boolean smtpAlert;

  ReportedReader(Section root) {
    for (Section script : root.blocks("vrrp_script")) {
      command(script, "script").ifPresent(line -> scripts.putIfAbsent(script.name(), line));
    }
    Section global = Words.joined(root, "global_defs");
    smtpAlert = global.bool("smtp_alert_vrrp", global.bool("smtp_alert", false));
  }

  Reported read(Section instance, boolean strict, List<Tracked> tracked) {
    Map<String, String> notifyScripts = new HashMap<>();
    for (String word : Reported.WORDS) {
      command(instance, word).ifPresent(line -> notifyScripts.put(word, line));
    }
    List<String> trackedScripts =
        tracked.stream()
            .map(Tracked::tracker)
            .filter(tracker -> tracker.kind() == Kind.SCRIPT)
            .map(tracker -> scripts.getOrDefault(tracker.name(), tracker.name()))
            .toList();
    return new Reported(
        strict,
        instance.bool("smtp_alert", smtpAlert),
        instance.has("notify_deleted"),
        notifyScripts,
        trackedScripts);
  }

  /** Each word in quotes, as keepalived writes commands. */
  private static Optional<String> command(Section block, String word) {
    return block
        .script(word)
        .map(ScriptLine::command)
        .filter(words -> !words.isEmpty())
        .map(words -> words.stream().collect(Collectors.joining("' '", "'", "'")));
  }
}
