package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import io.keepstream.config.Section;
import io.keepstream.config.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads who belongs to which {@code vrrp_sync_group}. */
final class SyncGroupReader {
  private SyncGroupReader() {}

  static List<SyncGroupConfig> read(Section root, Consumer<Diagnostic> problems) {
    Set<String> instances =
        root.blocks("vrrp_instance").stream().map(Section::name).collect(Collectors.toSet());
    Map<String, Position> taken = new HashMap<>();
    List<SyncGroupConfig> groups = new ArrayList<>();
    for (Section block : root.blocks("vrrp_sync_group")) {
      List<String> members = new ArrayList<>();
      for (Word member : block.entries("group")) {
        Position first = taken.putIfAbsent(member.text(), member.position());
        if (first != null) {
          problems.accept(
              Diagnostic.error(
                  member.position(),
                  "%s is in a sync group already, at %s".formatted(member, first)));
        } else if (instances.contains(member.text())) {
          members.add(member.text());
        }
      }
      if (members.size() == 1) {
        problems.accept(
            Diagnostic.warning(
                block.position(),
                "vrrp_sync_group %s has one member only, which moves alone"
                    .formatted(block.name())));
      }
      if (!members.isEmpty()) {
        groups.add(new SyncGroupConfig(block.name(), members));
      }
    }
    return groups;
  }
}
