package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/**
 * A VRRP sync group changed state: it and all its members now are in {@code to}.
 *
 * @param group the name of the {@code vrrp_sync_group} block
 * @param heldMillis how long {@code from} lasted
 * @param instances the names of its members
 */
@JsonTypeName("io.keepstream.vrrp.group.changed.v1")
public record GroupChanged(
    String group, VrrpState from, VrrpState to, long heldMillis, List<String> instances)
    implements Event {
  public GroupChanged {
    instances = List.copyOf(instances);
  }

  @Override
  public String subject() {
    return "vrrp-group/" + group;
  }

  @Override
  public String summary() {
    return "VRRP_Group(%s) Syncing instances to %s state [%s; was %s for %d ms]"
        .formatted(group, to, String.join(", ", instances), from, heldMillis);
  }
}
