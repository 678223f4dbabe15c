package io.keepstream.election.edge;

import io.keepstream.contract.event.LinkEvent;
import io.keepstream.election.link.Vmac;
import io.keepstream.election.plan.Pace;
import io.keepstream.election.port.Publishing;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Address;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.netlink.LinkNetlink;
import io.keepstream.linux.netlink.Macvlan;
import io.keepstream.linux.netlink.Outcome;
import io.keepstream.linux.netlink.RouteChange;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.wire.RtNetlink;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The interfaces with a virtual MAC: made when they and their base are wanted and there, made anew
 * when the base or they themselves have gone, switched on again, removed when nobody wants them.
 *
 * <p>One that was there before, of the right kind and MAC, is of an earlier run or of keepalived,
 * and is replaced by a fresh one. Any other interface of the same name is somebody else's and
 * stays.
 */
final class Vmacs {
  private static final int LINK_LOCAL_PREFIX = 64;

  /** As keepalived sets them; the others are the kernel's defaults. */
  private static final Map<Integer, Integer> IPV4_SETTINGS =
      Map.of(
          RtNetlink.IPV4_DEVCONF_ARP_IGNORE, 1,
          RtNetlink.IPV4_DEVCONF_ACCEPT_LOCAL, 1,
          RtNetlink.IPV4_DEVCONF_RP_FILTER, 0,
          RtNetlink.IPV4_DEVCONF_PROMOTE_SECONDARIES, 1);

  /** One that we have made. */
  record Made(Vmac vmac, int index, int baseIndex) {}

  private final RouteNetlink netlink;
  private final LinkNetlink changes;
  private final Interfaces interfaces;
  private final Publishing publishing;
  private final Map<String, Made> made = new LinkedHashMap<>();
  private final Map<String, String> problems = new HashMap<>();
  private final Map<String, Address> borrowed = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();
  private final Map<String, Pace> paces = new HashMap<>();

  Vmacs(RouteNetlink netlink, Interfaces interfaces, Publishing publishing) {
    this.netlink = netlink;
    this.changes = new LinkNetlink(netlink);
    this.interfaces = interfaces;
    this.publishing = publishing;
  }

  /** Those that are there now. */
  List<Made> made() {
    return List.copyOf(made.values());
  }

  /** Whether {@code vmac} is there as it is wanted. */
  boolean has(Vmac vmac) {
    Made host = made.get(vmac.name());
    return host != null && host.vmac().equals(vmac);
  }

  /** Why an interface that is wanted is not there, or not as it is to be, or null. */
  String problem(Vmac vmac) {
    String problem = problems.getOrDefault(vmac.name(), refused.get(vmac.name()));
    if (problem != null) {
      return problem;
    }
    Link link = has(vmac) ? interfaces.link(vmac.name()) : null;
    if (link == null) {
      return "interface " + vmac.name() + " does not exist";
    }
    return link.up() ? null : "interface " + vmac.name() + " is down";
  }

  /** Removes what is not wanted as it is. */
  void retain(List<Vmac> wanted) {
    Set<String> names = wanted.stream().map(Vmac::name).collect(Collectors.toSet());
    problems.keySet().retainAll(names);
    paces.keySet().retainAll(names);
    for (Made each : made()) {
      if (!wanted.contains(each.vmac())) {
        remove(each);
      }
    }
  }

  /**
   * Makes what is wanted and missing, but does not switch it on.
   *
   * @return those made now, and others that are down, for {@link #raise}
   */
  List<Made> make(List<Vmac> wanted) {
    return wanted.stream().map(this::make).filter(fresh -> fresh != null).toList();
  }

  private Made make(Vmac vmac) {
    Link base = interfaces.link(vmac.base());
    Made known = made.get(vmac.name());
    boolean asMade = base != null && known != null && isAsMade(known, base);
    if (asMade && interfaces.link(known.index()).up()) {
      return null;
    }
    boolean there = asMade && isStillThere(known);
    if (known != null && !there) {
      remove(known);
    }
    if (base == null || !isInTime(vmac)) {
      return null;
    }
    if (there) {
      ElectionEngine.LOG.info("interface {} is down and is switched on again", vmac.name());
    }
    try {
      Made wanted = there ? known : replace(vmac, base);
      prepare(wanted);
      return wanted;
    } catch (ErrnoException e) {
      failed(vmac, e);
      return null;
    }
  }

  /** What somebody removes again and again is not made anew as fast as that goes. */
  private boolean isInTime(Vmac vmac) {
    return paces.computeIfAbsent(vmac.name(), any -> new Pace()).allows(publishing.nowNanos());
  }

  private void failed(Vmac vmac, ErrnoException e) {
    boolean fresh = !e.getMessage().equals(problems.put(vmac.name(), e.getMessage()));
    if (fresh && e.errno() != Errno.ENODEV) { // else the news that the base has gone will come
      publishing.publish(new LinkEvent.Failed(vmac.name(), e.getMessage()));
    }
  }

  private boolean isAsMade(Made known, Link base) {
    Link there = interfaces.link(known.index());
    return there != null
        && there.name().equals(known.vmac().name())
        && base.index() == known.baseIndex();
  }

  /** An interface is told to be down before it is told to have gone. */
  private boolean isStillThere(Made known) {
    try {
      return changes
          .find(known.vmac().name())
          .filter(link -> link.index() == known.index())
          .isPresent();
    } catch (ErrnoException e) {
      return false;
    }
  }

  private Made replace(Vmac vmac, Link base) throws ErrnoException {
    Link there = changes.find(vmac.name()).orElse(null);
    if (there != null) {
      boolean ours = there.kind().equals(RtNetlink.KIND_MACVLAN) && there.mac().equals(vmac.mac());
      if (!ours) {
        throw new ErrnoException("interface " + vmac.name(), Errno.EEXIST, "it is another one");
      }
      changes.delete(there.index());
      publishing.publish(new LinkEvent.VmacRemoved(vmac.name(), true));
    }
    int group = vmac.group().orElseGet(() -> changes.group(base.index()));
    check(vmac, changes.add(new Macvlan(vmac.name(), base.index(), vmac.mac(), group)));
    Link link = learn(vmac);
    Made fresh = new Made(vmac, link.index(), base.index());
    made.put(vmac.name(), fresh);
    publishing.publish(new LinkEvent.VmacCreated(vmac.name(), vmac.base(), vmac.mac().toString()));
    return fresh;
  }

  /** Settings that addresses need, so they come before all addresses. */
  private void prepare(Made each) throws ErrnoException {
    Vmac vmac = each.vmac();
    changes.deriveNoIpv6Address(each.index());
    if (!vmac.ipv6()) {
      check(vmac, changes.setIpv4(each.index(), IPV4_SETTINGS));
    }
    switchIpv6(vmac);
  }

  /** Switches interfaces on. */
  void raise(List<Made> wanted) {
    for (Made each : wanted) {
      Vmac vmac = each.vmac();
      try {
        check(vmac, changes.up(each.index()));
        if (vmac.notifyBase()) {
          changes.setGroup(each.baseIndex(), changes.group(each.baseIndex()));
        }
        learn(vmac);
        problems.remove(vmac.name());
      } catch (ErrnoException e) {
        failed(vmac, e);
      }
    }
  }

  /**
   * Switches IPv6 off or, where new interfaces are without, on. When that is not allowed, no IPv6
   * address appears all the same, and one that is wanted tells by being refused.
   */
  private static void switchIpv6(Vmac vmac) {
    String setting = "net/ipv6/conf/" + vmac.name() + "/disable_ipv6";
    String failure = KernelSettings.writeFile(setting, vmac.ipv6() ? 0 : 1);
    if (failure != null) {
      ElectionEngine.LOG.debug("{} stays: {}", setting, failure);
    }
  }

  /** Has the IPv6 link-local address of the base on {@code vmac} too: adverts come from it. */
  void lend(Vmac vmac, InetAddress source) {
    Made host = made.get(vmac.name());
    Address before = borrowed.get(vmac.name());
    if (host == null || source == null) {
      return;
    }
    Address wanted =
        Address.of(host.index(), source, LINK_LOCAL_PREFIX)
            .scope(RtNetlink.RT_SCOPE_LINK)
            .flags(RtNetlink.IFA_F_NODAD)
            .lifetimes(0, Address.FOREVER)
            .protocol(0)
            .build();
    if (before != null && !before.key().equals(wanted.key())) {
      netlink.deleteAddress(before);
    }
    if (before == null || interfaces.address(wanted.key()) == null) {
      Outcome outcome = netlink.addAddress(wanted);
      if (outcome instanceof Outcome.Failed failure) {
        String problem = "interface " + vmac.name() + " has no source address: " + failure;
        if (!problem.equals(refused.put(vmac.name(), problem))) {
          publishing.publish(new LinkEvent.Failed(vmac.name(), "no source address: " + failure));
        }
        return;
      }
      refused.remove(vmac.name());
      interfaces.apply(new RouteChange.AddressChanged(wanted, 0));
      borrowed.put(vmac.name(), wanted);
    }
  }

  /** The addresses that VMACs have from their bases. */
  List<Address.Key> borrowed() {
    return borrowed.values().stream().map(Address::key).toList();
  }

  /** Removes what an earlier run has made under {@code name}. */
  void removeLeftover(String name) {
    Link link = interfaces.link(name);
    if (link != null
        && link.kind().equals(RtNetlink.KIND_MACVLAN)
        && changes.delete(link.index()) instanceof Outcome.Done) {
      interfaces.apply(new RouteChange.LinkRemoved(link, 0));
      publishing.publish(new LinkEvent.VmacRemoved(name, true));
    }
  }

  private void remove(Made each) {
    made.remove(each.vmac().name());
    borrowed.remove(each.vmac().name());
    refused.remove(each.vmac().name());
    Link link = interfaces.link(each.index());
    changes.delete(each.index()); // with its base it has gone already
    publishing.publish(new LinkEvent.VmacRemoved(each.vmac().name(), false));
    if (link != null) {
      interfaces.apply(new RouteChange.LinkRemoved(link, 0));
    }
  }

  private Link learn(Vmac vmac) throws ErrnoException {
    Link link =
        changes
            .find(vmac.name())
            .orElseThrow(
                () ->
                    new ErrnoException(
                        "interface " + vmac.name(), Errno.ENODEV, "it has gone at once"));
    interfaces.apply(new RouteChange.LinkChanged(link, 0));
    return link;
  }

  private static void check(Vmac vmac, Outcome outcome) throws ErrnoException {
    if (outcome instanceof Outcome.Failed failure) {
      throw new ErrnoException("interface " + vmac.name(), failure.errno(), failure.text());
    }
    if (outcome instanceof Outcome.AlreadyThere) {
      throw new ErrnoException("interface " + vmac.name(), Errno.EEXIST, "");
    }
  }
}
