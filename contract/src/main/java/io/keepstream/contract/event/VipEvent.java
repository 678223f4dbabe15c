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

  /**
   * Somebody had removed the address, and it was set again; said once per address and window.
   *
   * @param times how often since it was last said
   * @param windowMillis how long ago that was, 0 for never
   */
  @JsonTypeName("io.keepstream.vip.drift-repaired.v1")
  record DriftRepaired(
      String instance, String address, String networkInterface, long times, long windowMillis)
      implements VipEvent {
    @Override
    public String summary() {
      return "(%s) drift repaired: address %s on %s had been removed and is set again%s"
          .formatted(instance, address, networkInterface, often(times, windowMillis));
    }
  }

  /** An address with our mark appeared although no instance here holds it; it was removed. */
  @JsonTypeName("io.keepstream.vip.stray-removed.v1")
  record StrayRemoved(String address, String networkInterface) implements VipEvent {
    @Override
    public String summary() {
      return "address %s on %s has our mark but is not held by this node, removed"
          .formatted(address, networkInterface);
    }
  }

  /**
   * Somebody else has set a virtual address here although this node does not hold it: two nodes may
   * answer for it. Said once per address and window.
   */
  @JsonTypeName("io.keepstream.vip.foreign.v1")
  record Foreign(String address, String networkInterface) implements VipEvent {
    @Override
    public String summary() {
      return "address %s on %s was not set by this program and is not held by this node;"
              .formatted(address, networkInterface)
          + " remove it";
    }
  }

  /** How often something happened, for the end of a line; empty for once. */
  static String often(long times, long windowMillis) {
    return times == 1 ? "" : ", %d times in %d ms".formatted(times, windowMillis);
  }
}
