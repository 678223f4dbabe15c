package io.keepstream.notifier.config;

import io.keepstream.config.Section;
import io.keepstream.config.Word;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.runtime.config.NamedServers;
import io.keepstream.runtime.script.ScriptCommand;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the scripts of instances, groups and servers; of blocks of one name the first counts. */
final class ScriptsReader {
  private static final Map<String, NoticeWord> STATE_SCRIPTS =
      Map.of(
          "notify_master", NoticeWord.MASTER,
          "notify_backup", NoticeWord.BACKUP,
          "notify_fault", NoticeWord.FAULT,
          "notify_stop", NoticeWord.STOP,
          "notify_deleted", NoticeWord.DELETED,
          "notify_master_rx_lower_pri", NoticeWord.MASTER_RX_LOWER_PRI);

  private final Section root;
  private final ScriptReader scripts;

  ScriptsReader(Section root, ScriptReader scripts) {
    this.root = root;
    this.scripts = scripts;
  }

  Scripts read() {
    Map<String, UpDown> virtualServers = new HashMap<>();
    Map<BackendRef, UpDown> realServers = new HashMap<>();
    for (NamedServers named : NamedServers.of(root)) {
      virtualServers.putIfAbsent(named.name(), upDown(named.section(), "quorum_up", "quorum_down"));
      for (Section real : named.section().blocks("real_server")) {
        named
            .backend(real)
            .ifPresent(
                backend ->
                    realServers.putIfAbsent(backend, upDown(real, "notify_up", "notify_down")));
      }
    }
    return new Scripts(instances(), groups(), virtualServers, realServers);
  }

  private Map<String, VrrpNotify> instances() {
    Map<String, Boolean> ofGroup = new HashMap<>();
    for (Section group : root.blocks("vrrp_sync_group")) {
      if (group.has("notify_priority_changes")) {
        boolean priorities = group.bool("notify_priority_changes", false);
        for (Word member : group.entries("group")) {
          ofGroup.putIfAbsent(member.text(), priorities);
        }
      }
    }
    boolean everywhere =
        root.blocks("global_defs").stream()
            .anyMatch(globals -> globals.bool("vrrp_notify_priority_changes", false));
    Map<String, VrrpNotify> instances = new HashMap<>();
    for (Section block : root.blocks("vrrp_instance")) {
      boolean inherited = ofGroup.getOrDefault(block.name(), everywhere);
      instances.putIfAbsent(
          block.name(), vrrp(block, block.bool("notify_priority_changes", inherited)));
    }
    return instances;
  }

  private Map<String, VrrpNotify> groups() {
    Map<String, VrrpNotify> groups = new HashMap<>();
    for (Section block : root.blocks("vrrp_sync_group")) {
      groups.putIfAbsent(block.name(), vrrp(block, false));
    }
    return groups;
  }

  private VrrpNotify vrrp(Section block, boolean priorityChanges) {
    Map<NoticeWord, ScriptCommand> byWord = new EnumMap<>(NoticeWord.class);
    STATE_SCRIPTS.forEach(
        (keyword, word) ->
            scripts.script(block, keyword).ifPresent(script -> byWord.put(word, script)));
    Optional<ScriptCommand> always = scripts.script(block, "notify");
    return new VrrpNotify(byWord, always, block.has("notify_deleted"), priorityChanges);
  }

  private UpDown upDown(Section block, String up, String down) {
    return new UpDown(scripts.script(block, up), scripts.script(block, down));
  }
}
