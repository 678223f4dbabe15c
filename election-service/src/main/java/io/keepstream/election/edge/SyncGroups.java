package io.keepstream.election.edge;

import io.keepstream.election.config.SyncGroupConfig;
import io.keepstream.election.port.Publishing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sync groups in force. */
final class SyncGroups {
  private final Publishing publishing;
  private Map<String, SyncGroupShell> groups = Map.of();

  SyncGroups(Publishing publishing) {
    this.publishing = publishing;
  }

  /** Puts {@code instances} into groups; a group of the same members keeps its state. */
  void form(List<SyncGroupConfig> wanted, List<RouterInstance> instances) {
    instances.forEach(RouterInstance::stayAlone);
    Map<String, SyncGroupShell> next = new HashMap<>();
    for (SyncGroupConfig each : wanted) {
      List<RouterInstance> members =
          each.members().stream()
              .flatMap(name -> instances.stream().filter(instance -> instance.isNamed(name)))
              .toList();
      List<VirtualRouterShell> shells = members.stream().map(RouterInstance::shell).toList();
      SyncGroupShell known = groups.get(each.name());
      SyncGroupShell group =
          known != null && known.consistsOf(shells)
              ? known
              : new SyncGroupShell(each.name(), shells, publishing);
      members.forEach(
          member -> member.join(group, () -> members.forEach(RouterInstance::readAdverts)));
      next.put(each.name(), group);
    }
    groups = next;
  }
}
