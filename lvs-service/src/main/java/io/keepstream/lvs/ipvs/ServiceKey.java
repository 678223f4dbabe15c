package io.keepstream.lvs.ipvs;

import io.keepstream.contract.value.AddressText;
import java.net.InetAddress;

/** What a virtual service is known by: which packets are its own. */
public sealed interface ServiceKey {

  /** The family of the packets. */
  Family family();

  /**
   * A service by address.
   *
   * @param port 0 for all ports that no other service of the address has
   */
  record Address(Protocol protocol, InetAddress address, int port) implements ServiceKey {
    @Override
    public Family family() {
      return Family.of(address);
    }

    @Override
    public String toString() {
      return protocol + " " + AddressText.withPort(address, port);
    }
  }

  /**
   * A service by firewall mark.
   *
   * @param mark 1 to 4294967295
   */
  record FirewallMark(Family family, long mark) implements ServiceKey {
    @Override
    public String toString() {
      return "FWM " + mark + (family == Family.IPV6 ? " IPv6" : "");
    }
  }
}
