package io.keepstream.notifier.config;

import io.keepstream.config.Section;
import io.keepstream.config.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * FIFOs are told the states of all instances and sync groups again after a reload ({@code
 * fifo_write_vrrp_states_on_reload}).
 *
 * @param groups the members of each sync group
 */
public record Repetition(Map<String, List<String>> groups) {

  static Optional<Repetition> read(Section root) {
    boolean wanted =
        root.blocks("global_defs").stream()
            .anyMatch(global -> global.has("fifo_write_vrrp_states_on_reload"));
    if (!wanted) {
      return Optional.empty();
    }
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Section group : root.blocks("vrrp_sync_group")) {
      groups.putIfAbsent(group.name(), group.entries("group").stream().map(Word::text).toList());
    }
    return Optional.of(new Repetition(groups));
  }
}
