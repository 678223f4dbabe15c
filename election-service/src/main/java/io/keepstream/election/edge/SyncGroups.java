package io.keepstream.election.edge;

import io.keepstream.contract.event.Event;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.SyncGroupConfig;
import io.keepstream.election.port.Publishing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** The sync groups in force. */
final class SyncGroups {
  private final Publishing publishing;
  private Map<String, SyncGroupShell> groups = Map.of();

  /** Groups that are told of after their members. */
  SyncGroups(Publishing publishing, Executor afterMembers) {
    this.publishing = new AfterMembers(publishing, afterMembers);
  }

  /**
   * Puts routers into the groups of {@code config}; a group of the same members keeps its state.
   *
   * @param instances those of the configuration, in its order; a name may be new to one of them
   */
  void form(ElectionConfig config, List<RouterInstance> instances) {
    Map<String, RouterInstance> byName = new HashMap<>();
    for (int i = 0; i < instances.size(); i++) {
      byName.put(config.instances().get(i).router().instance(), instances.get(i));
    }
    instances.forEach(RouterInstance::stayAlone);
    Map<String, SyncGroupShell> next = new HashMap<>();
    for (SyncGroupConfig each : config.groups()) {
      List<RouterInstance> members = each.members().stream().map(byName::get).toList();
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

  private record AfterMembers(Publishing publishing, Executor afterMembers) implements Publishing {
    @Override
    public long nowNanos() {
      return publishing.nowNanos();
    }

    @Override
    public void publish(Event event) {
      afterMembers.execute(() -> publishing.publish(event));
    }
  }
}
