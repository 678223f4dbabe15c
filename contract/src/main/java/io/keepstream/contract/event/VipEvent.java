package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** What happens to virtual addresses on this node. */
public sealed interface VipEvent extends Event {

  /** The address with its prefix length, as in {@code 172.32.10.18/32}. */
  String address();

  @Override
  default String subject() {
    return "vip/" + address();
  }

  /** The address was set on the interface. */
  @JsonTypeName("io.keepstream.vip.claimed.v1")
  record Claimed(String instance, String address, String networkInterface) implements VipEvent {
    @Override
    public String summary() {
      return "(%s) address %s set on %s".formatted(instance, address, networkInterface);
    }
  }

  /** The address was removed from the interface. */
  @JsonTypeName("io.keepstream.vip.released.v1")
  record Released(String instance, String address, String networkInterface) implements VipEvent {
    @Override
    public String summary() {
      return "(%s) address %s removed from %s".formatted(instance, address, networkInterface);
    }
  }

  /** The address could not be set or removed. */
  @JsonTypeName("io.keepstream.vip.failed.v1")
  record Failed(String instance, String address, String networkInterface, String detail)
      implements VipEvent {
    @Override
    public String summary() {
      return "(%s) address %s on %s: %s".formatted(instance, address, networkInterface, detail);
    }
  }

  /** The address was on the interface before it was to be set; it is treated as ours from now. */
  @JsonTypeName("io.keepstream.vip.adopted.v1")
  record Adopted(String instance, String address, String networkInterface) implements VipEvent {
    @Override
    public String summary() {
      return "(%s) address %s is already on %s, adopted"
          .formatted(instance, address, networkInterface);
    }
  }

  /** A leftover of an earlier run was found and removed before the first advert. */
  @JsonTypeName("io.keepstream.vip.leftover-removed.v1")
  record LeftoverRemoved(String address, String networkInterface) implements VipEvent {
    @Override
    public String summary() {
      return "address %s left on %s by an earlier run removed".formatted(address, networkInterface);
    }
  }
}
