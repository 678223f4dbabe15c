package io.keepstream.election.edge;

import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.LinkGlobals;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.edge.FilterRules.Place;
import io.keepstream.election.edge.KernelSettings.Setting;
import io.keepstream.election.link.Vmac;
import io.keepstream.election.port.Publishing;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.netlink.LinkNetlink;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.nft.NfElement;
import io.keepstream.linux.nft.Octets;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What virtual routers need of interfaces beyond addresses: interfaces with virtual MACs, settings
 * of the kernel, the packet filter, and patience with links that flap. All of it is brought from
 * what it is to what it should be whenever either may have changed, and undone at the end.
 */
final class Links {
  private static final String VMAC = "vmac ";
  private static final String FILTER = "filter ";

  /** Ask for a neighbour with an address of the asking interface, not with a virtual one. */
  private static final int ARP_ANNOUNCE_OWN = 2;

  private static final Setting LOCAL_IGMP =
      Setting.ofSystem("net/ipv4/igmp_link_local_mcast_reports");
  private static final Setting RP_FILTER_OF_ALL = Setting.ofSystem("net/ipv4/conf/all/rp_filter");
  private static final Setting RP_FILTER_OF_NEW =
      Setting.ofSystem("net/ipv4/conf/default/rp_filter");

  private final Libc libc;
  private final RouteNetlink netlink;
  private final Interfaces interfaces;
  private final LinkWatch watch;
  private final Vmacs vmacs;
  private final KernelSettings settings;
  private final TrafficFilter filter;
  private final Map<HeldAddresses, InstanceConfig> claims = new HashMap<>();
  private LinkGlobals globals = LinkGlobals.DEFAULT;
  private List<InstanceConfig> instances = List.of();
  private LinkMemory memory;
  private List<Object> filteredShape = List.of();
  private Map<Setting, Integer> wantedSettings; // null before a look at what was recalled

  Links(Libc libc, RouteNetlink netlink, Interfaces interfaces, Publishing publishing) {
    this.libc = libc;
    this.netlink = netlink;
    this.interfaces = interfaces;
    watch = new LinkWatch(interfaces, publishing);
    vmacs = new Vmacs(netlink, interfaces, publishing);
    settings = new KernelSettings(interfaces, new LinkNetlink(netlink), publishing);
    filter = new TrafficFilter(libc, publishing);
  }

  /** Whether the interface of this name can be used, as far as is believed. */
  boolean usable(String name) {
    return watch.usable(name);
  }

  /** Why the interface with the virtual MAC that {@code config} wants cannot be used, or null. */
  String problem(InstanceConfig config) {
    Vmac vmac = config.link().vmac();
    return vmac == null ? null : vmacs.problem(vmac);
  }

  /** Whether some interface has this address of its own and may use it. */
  boolean has(InetAddress address) {
    return interfaces.has(address, vmacs.borrowed());
  }

  /**
   * Goes over to {@code config}; instances that are in no configuration any more have left.
   *
   * @return as {@link #refresh}
   */
  long follow(ElectionConfig config) {
    if (memory == null) {
      memory = LinkMemory.of(libc, netlink.socket().fd().number());
      recall();
    }
    globals = config.links();
    instances = config.instances();
    watch.follow(globals.delays());
    vmacs.retain(wantedVmacs());
    remember();
    filteredShape = List.of();
    return refresh();
  }

  /**
   * Looks again at interfaces.
   *
   * @return when to look again, {@code Long.MAX_VALUE} when the kernel will tell
   */
  long refresh() {
    List<Vmacs.Made> fresh = vmacs.make(wantedVmacs());
    followSettings(!fresh.isEmpty());
    instances.forEach(this::lend);
    List<Object> shape = List.of(vmacs.made(), vmacs.borrowed());
    if (!shape.equals(filteredShape)) {
      filteredShape = shape;
      followFilter();
    }
    vmacs.raise(fresh);
    return watch.look();
  }

  /** Has settings and the packet filter be as they should even if somebody has changed them. */
  void restore() {
    if (memory == null) {
      return;
    }
    followSettings(true);
    if (needsFilter()) {
      filter.restore(globals.filter(), wantedElements());
    }
  }

  /** The router of {@code holder} has become MASTER, or stays it with another configuration. */
  void claim(HeldAddresses holder, InstanceConfig config) {
    claims.put(holder, config);
    followFilter();
  }

  /** The router of {@code holder} is not MASTER any more. */
  void release(HeldAddresses holder) {
    if (claims.remove(holder) != null) {
      followFilter();
    }
  }

  /** Undoes everything. */
  void close() {
    instances = List.of();
    claims.clear();
    globals = LinkGlobals.DEFAULT;
    vmacs.retain(List.of());
    filter.close();
    if (memory != null) {
      followSettings(true);
      remember();
    }
  }

  private List<Vmac> wantedVmacs() {
    return instances.stream().flatMap(each -> each.link().vmacs().stream()).toList();
  }

  private void recall() {
    List<String> lines = memory.recall();
    lines.stream()
        .filter(line -> line.startsWith(VMAC))
        .forEach(line -> vmacs.removeLeftover(line.substring(VMAC.length())));
    lines.stream()
        .filter(line -> line.startsWith(FILTER))
        .forEach(line -> filter.removeLeftover(line.substring(FILTER.length())));
    lines.forEach(settings::recall);
    wantedSettings = null;
  }

  private void remember() {
    List<String> lines = new ArrayList<>();
    wantedVmacs().forEach(vmac -> lines.add(VMAC + vmac.name()));
    if (needsFilter()) {
      lines.add(FILTER + globals.filter().table());
    }
    lines.addAll(settings.lines());
    memory.remember(lines);
  }

  private void followSettings(boolean changed) {
    Map<Setting, Integer> wanted = wantedSettings();
    if (changed || !wanted.equals(wantedSettings)) {
      wantedSettings = wanted;
      settings.follow(wanted, this::remember);
    }
  }

  /** Hosts must learn the virtual MAC and nothing else, and answers may come by any interface. */
  private Map<Setting, Integer> wantedSettings() {
    Map<Setting, Integer> wanted = new LinkedHashMap<>();
    List<Vmacs.Made> ipv4 = vmacs.made().stream().filter(each -> !each.vmac().ipv6()).toList();
    for (Vmacs.Made each : ipv4) {
      wanted.put(new Setting(each.baseIndex(), KernelSettings.ARP_IGNORE), 1);
      wanted.put(new Setting(each.baseIndex(), KernelSettings.ARP_FILTER), 1);
      wanted.put(new Setting(each.baseIndex(), KernelSettings.ARP_ANNOUNCE), ARP_ANNOUNCE_OWN);
    }
    if (!ipv4.isEmpty()) {
      int ofAll = settings.original(RP_FILTER_OF_ALL).orElse(0);
      if (ofAll > 0) {
        pushDown(ofAll, wanted);
      }
    }
    if (!globals.localIgmp()) {
      wanted.put(LOCAL_IGMP, 0);
    }
    return wanted;
  }

  /**
   * The kernel takes the greater value of an interface and of all; a virtual MAC needs 0. So what
   * all had is given to each, before all has it no more.
   */
  private void pushDown(int value, Map<Setting, Integer> wanted) {
    int ofNew = settings.original(RP_FILTER_OF_NEW).orElse(0);
    wanted.put(RP_FILTER_OF_NEW, Math.max(ofNew, value));
    Set<Integer> own = new HashSet<>();
    vmacs.made().forEach(each -> own.add(each.index()));
    for (Link link : interfaces.links()) {
      if (!own.contains(link.index()) && !link.loopback()) {
        Setting key = new Setting(link.index(), KernelSettings.RP_FILTER);
        wanted.put(key, Math.max(settings.original(key).orElse(0), value));
      }
    }
    wanted.put(RP_FILTER_OF_ALL, 0);
  }

  private void lend(InstanceConfig each) {
    Vmac vmac = each.link().advertVmac();
    Link base = vmac == null ? null : interfaces.link(vmac.base());
    if (base != null && vmac.ipv6()) {
      InetAddress source =
          each.wire().source() != null
              ? each.wire().source()
              : interfaces.primaryAddress(base, true, Set.of());
      vmacs.lend(vmac, source);
    }
  }

  private void followFilter() {
    if (needsFilter()) {
      filter.hold(globals.filter(), wantedElements());
    } else {
      filter.remove();
    }
  }

  private boolean needsFilter() {
    return instances.stream()
        .anyMatch(each -> !each.link().accept() || !each.link().vmacs().isEmpty());
  }

  private Map<Place, Set<NfElement>> wantedElements() {
    Map<Place, Set<NfElement>> wanted = new EnumMap<>(Place.class);
    for (Place place : Place.values()) {
      wanted.put(place, new HashSet<>());
    }
    Set<Vmac> speaking = new HashSet<>();
    for (InstanceConfig each : claims.values()) {
      speaking.addAll(each.link().vmacs());
      if (!each.link().accept()) {
        all(each).forEach(address -> refuse(address, wanted));
      }
    }
    for (Vmacs.Made each : vmacs.made()) {
      boolean ipv6 = each.vmac().ipv6();
      wanted
          .get(ipv6 ? Place.VMACS_6 : Place.VMACS_4)
          .add(NfElement.to(Octets.host32(each.index()), each.baseIndex()));
      if (ipv6) {
        wanted.get(Place.OWN_6).add(NfElement.of(Octets.host32(each.index())));
      }
      if (!speaking.contains(each.vmac())) {
        wanted
            .get(ipv6 ? Place.SILENT_6 : Place.SILENT_4)
            .add(NfElement.of(Octets.host32(each.index())));
      }
    }
    vmacs
        .borrowed()
        .forEach(
            key -> wanted.get(Place.BORROWED).add(addressOn(key.address(), key.interfaceIndex())));
    return wanted;
  }

  private static NfElement addressOn(InetAddress address, int interfaceIndex) {
    return NfElement.of(Octets.key(Octets.of(address), Octets.host32(interfaceIndex)));
  }

  private void refuse(VirtualAddress address, Map<Place, Set<NfElement>> wanted) {
    InetAddress ip = address.address();
    if (!(ip instanceof Inet6Address)) {
      wanted.get(Place.VIPS_4).add(NfElement.of(Octets.of(ip)));
    } else if (!ip.isLinkLocalAddress()) {
      wanted.get(Place.VIPS_6).add(NfElement.of(Octets.of(ip)));
    } else {
      Link link = interfaces.link(address.networkInterface());
      if (link != null) {
        wanted.get(Place.VIPS_LINK_LOCAL).add(addressOn(ip, link.index()));
      }
    }
  }

  private static List<VirtualAddress> all(InstanceConfig config) {
    List<VirtualAddress> all = new ArrayList<>(config.addresses());
    all.addAll(config.excluded());
    return all;
  }
}
