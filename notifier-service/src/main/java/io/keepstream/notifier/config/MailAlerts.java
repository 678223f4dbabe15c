package io.keepstream.notifier.config;

import io.keepstream.contract.event.BackendRef;
import java.util.Map;
import java.util.Set;

/**
 * What mails are about, by the names events use.
 *
 * @param instances the {@code vrrp_instance} blocks
 * @param groups the {@code vrrp_sync_group} blocks
 * @param virtualServers those of which quorum is told, each with its {@code hysteresis}
 * @param realServers those of which checks are told
 * @param faults whether transitions to FAULT are told: not with {@code no_email_faults}
 * @param singleChecks whether a check is told of that changes nothing about its real server: not
 *     with {@code no_checker_emails}
 */
public record MailAlerts(
    Set<String> instances,
    Set<String> groups,
    Map<String, Long> virtualServers,
    Set<BackendRef> realServers,
    boolean faults,
    boolean singleChecks) {
  public MailAlerts {
    instances = Set.copyOf(instances);
    groups = Set.copyOf(groups);
    virtualServers = Map.copyOf(virtualServers);
    realServers = Set.copyOf(realServers);
  }
}
