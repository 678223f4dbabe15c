package io.keepstream.lvs.ipvs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What holds for all services together.
 *
 * @param daemons the sync daemons by what they do
 */
public record Settings(Map<SyncDaemon.Role, SyncDaemon> daemons, Timeouts timeouts) {
  /** No daemons, and timeouts as they are. */
  public static final Settings NONE = new Settings(Map.of(), Timeouts.UNCHANGED);

  public Settings {
    Map<SyncDaemon.Role, SyncDaemon> byRole = new EnumMap<>(SyncDaemon.Role.class);
    byRole.putAll(daemons);
    daemons = Collections.unmodifiableMap(byRole);
  }
}
