package io.keepstream.lvs.config;

import io.keepstream.lvs.ipvs.SyncDaemon;
import java.util.Optional;

/**
 * Which sync daemons are to run.
 *
 * @param instance the VRRP instance whose state says which; without one, both run
 */
public record SyncRule(
    String device, Optional<String> instance, int syncId, SyncDaemon.Channel channel) {

  /** The daemon for a role. */
  public SyncDaemon daemon(SyncDaemon.Role role) {
    return new SyncDaemon(role, device, syncId, channel);
  }
}
