package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.election.announce.Pacing;
import io.keepstream.election.announce.Pacing.Gaps;
import io.keepstream.election.announce.Pacing.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads how announcements are paced: the global words and the {@code garp_group} blocks. */
final class PacingReader {
  private final Consumer<Diagnostic> problems;
  private final Map<String, Word> grouped = new HashMap<>();

  private PacingReader(Consumer<Diagnostic> problems) {
    this.problems = problems;
  }

  static Pacing read(Section root, Consumer<Diagnostic> problems) {
    PacingReader reader = new PacingReader(problems);
    Gaps each = gaps(Words.joined(root, "global_defs"), "vrrp_", new Gaps(0, 0));
    List<Group> groups =
        root.blocks("garp_group").stream().map(block -> reader.group(block, each)).toList();
    return new Pacing(each, groups);
  }

  private Group group(Section block, Gaps each) {
    List<Word> members = new ArrayList<>(block.entries("interfaces"));
    block.all("interface").stream().map(Statement::arguments).forEach(members::addAll);
    if (members.isEmpty()) {
      problems.accept(
          Diagnostic.warning(block.position(), "garp_group names no interface; it has no effect"));
    }
    if (!block.has("garp_interval") && !block.has("gna_interval")) {
      problems.accept(
          Diagnostic.warning(
              block.position(), "garp_group sets neither garp_interval nor gna_interval"));
    }
    Set<String> names = new LinkedHashSet<>();
    for (Word member : members) {
      Word first = grouped.putIfAbsent(member.text(), member);
      if (first == null) {
        names.add(member.text());
      } else {
        problems.accept(
            Diagnostic.error(
                member.position(),
                "%s is already in the garp_group at %s".formatted(member, first.position())));
      }
    }
    return new Group(gaps(block, "", each), names);
  }

  private static Gaps gaps(Section block, String prefix, Gaps others) {
    return new Gaps(
        block.decimalNanos(prefix + "garp_interval").orElse(others.arpNanos()),
        block.decimalNanos(prefix + "gna_interval").orElse(others.naNanos()));
  }
}
