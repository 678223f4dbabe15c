package io.keepstream.lvs.plan;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.lvs.config.SyncRule;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.SyncDaemon.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which sync daemons run. */
final class SyncRoles {
  private SyncRoles() {}

  /**
   * The daemons that {@code rule} asks for: of a named instance the one for its state, and none
   * while that is not known.
   */
  static Map<Role, SyncDaemon> of(SyncRule rule, Map<String, VrrpState> instances) {
    Map<Role, SyncDaemon> daemons = new EnumMap<>(Role.class);
    roles(rule, instances).forEach(role -> daemons.put(role, rule.daemon(role)));
    return daemons;
  }

  private static List<Role> roles(SyncRule rule, Map<String, VrrpState> instances) {
    if (rule.instance().isEmpty()) {
      return List.of(Role.values());
    }
    VrrpState state = instances.get(rule.instance().get());
    if (state == null) {
      return List.of();
    }
    return switch (state) {
      case MASTER -> List.of(Role.MASTER);
      case BACKUP, FAULT, INIT, STOP, DELETED -> List.of(Role.BACKUP);
    };
  }
}
