package io.keepstream.election.link;

import java.util.ArrayList;
import java.util.List;

/**
 * How one virtual router uses its interfaces.
 *
 * @param vmac its own interface, or null to use the base itself
 * @param transmitFromBase whether adverts leave from the base although there is a VMAC
 * @param addressVmacs interfaces for virtual addresses that are on other bases
 * @param accept whether this host may answer on the virtual addresses
 * @param tracksSource whether a missing {@code mcast_src_ip} or {@code unicast_src_ip} is a fault
 * @param extraAnnounce announcements on interfaces other than the router's own
 */
public record LinkConfig(
    Vmac vmac,
    boolean transmitFromBase,
    List<Vmac> addressVmacs,
    boolean accept,
    boolean tracksSource,
    ExtraAnnounce extraAnnounce) {
  /** The base itself and nothing else. */
  public static final LinkConfig PLAIN =
      new LinkConfig(null, false, List.of(), true, false, ExtraAnnounce.NONE);

  public LinkConfig {
    addressVmacs = List.copyOf(addressVmacs);
  }

  /** All interfaces to be made for the router. */
  public List<Vmac> vmacs() {
    List<Vmac> all = new ArrayList<>(addressVmacs);
    if (vmac != null) {
      all.addFirst(vmac);
    }
    return all;
  }

  /** The VMAC that adverts leave from; null when they leave from the base. */
  public Vmac advertVmac() {
    return transmitFromBase ? null : vmac;
  }
}
