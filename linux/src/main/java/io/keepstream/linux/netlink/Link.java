package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.MacAddress;
import io.keepstream.linux.wire.RtNetlink;

/**
 * A network interface as the kernel tells it.
 *
 * @param kind what made it, such as {@code macvlan}, {@code vlan} or {@code vrf}; empty for
 *     hardware
 * @param hardwareType {@code ARPHRD_} number, 1 for Ethernet
 * @param mac its address, all zeros if that is not 48 bits long
 * @param flags {@code IFF_} flags
 * @param operState {@code IF_OPER_} number
 * @param lowerIndex the interface it sits on, 0 if none; for a veth its other end, which may be in
 *     another namespace
 * @param masterIndex the bridge, bond or VRF it belongs to, 0 if none
 */
public record Link(
    int index,
    String name,
    String kind,
    int hardwareType,
    MacAddress mac,
    int flags,
    int mtu,
    int operState,
    int lowerIndex,
    int masterIndex) {

  /** Whether somebody has switched it on. */
  public boolean up() {
    return has(RtNetlink.IFF_UP);
  }

  /** Whether it has a carrier. */
  public boolean running() {
    return has(RtNetlink.IFF_RUNNING);
  }

  /** Whether packets can pass, as far as this interface itself is concerned. */
  public boolean usable() {
    return up() && running();
  }

  /** Whether it is the loopback interface. */
  public boolean loopback() {
    return has(RtNetlink.IFF_LOOPBACK);
  }

  /** Whether neighbours are not asked for by ARP, as on tunnels. */
  public boolean noArp() {
    return has(RtNetlink.IFF_NOARP);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
