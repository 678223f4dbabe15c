package io.keepstream.election.edge;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.StartDelay;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.explain.RouterView;
import io.keepstream.election.link.Vmac;
import io.keepstream.election.machine.Parameters;
import io.keepstream.election.machine.Tracking;
import io.keepstream.election.port.RouterPorts;
import io.keepstream.election.vrrp.Packet;
import io.keepstream.election.vrrp.RejectReason;
import io.keepstream.linux.netlink.Link;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One virtual router on this machine: its shell, its hold on the wire, and what is known. */
final class RouterInstance {
  private final Surroundings surroundings;
  private final Counters counters;
  private final KernelAddresses addresses;
  private final FrameAnnouncer announcer;
  private final SecondaryPromotion promotion = new SecondaryPromotion();
  private final Attachment attachment;
  private final HeldAddresses held;
  private final VirtualRouterShell shell;
  private final Reception reception;
  private InstanceConfig config;
  private SyncGroupShell group;
  private Runnable readAll;

  RouterInstance(InstanceConfig config, Surroundings surroundings) {
    this.config = config;
    this.surroundings = surroundings;
    counters = new Counters(config.router(), surroundings.publishing());
    addresses = new KernelAddresses(config, surroundings.tables(), this::announceAgain);
    announcer = new FrameAnnouncer(surroundings.frames(), addresses::addresses);
    held = new HeldAddresses(config, addresses, announcer, surroundings);
    reception = new Reception(config, counters, InstantSource.system());
    attachment =
        new Attachment(
            config, reception.protection(), surroundings.sockets(), counters, this::receive);
    shell =
        new VirtualRouterShell(
            config.router(),
            config.announce(),
            new RouterPorts(
                this::advertise,
                held,
                announcer,
                new LoopAlarm(surroundings.alarms(), this::alarmRang, surroundings.afterAdverts()),
                counters.counting()));
    readAll = this::readAdverts;
  }

  InstanceConfig config() {
    return config;
  }

  VirtualRouterShell shell() {
    return shell;
  }

  /** Moves with a sync group from now on; {@code readAll} reads the adverts of all its members. */
  void join(SyncGroupShell group, Runnable readAll) {
    this.group = group;
    shell.join(group);
    this.readAll = readAll;
  }

  /** Moves with no sync group from now on. */
  void stayAlone() {
    join(null, this::readAdverts);
  }

  /** Begins; what an earlier run left behind goes first. */
  void start() {
    addresses.removeLeftovers();
    shell.start(parameters());
  }

  /** Looks again at interfaces and trackers. */
  void refresh() {
    shell.parametersChanged(parameters());
    attachment.settle();
    held.refresh();
    if (announcer.linksChanged(surroundings.interfaces())) {
      shell.networkBack();
    }
  }

  private void advertise(int priority) {
    long unsent = counters.unsentTotal();
    attachment.send(priority);
    if (announcer.advertSent(counters.unsentTotal() == unsent)) {
      shell.networkBack();
    }
  }

  /** Goes over to another configuration of the same virtual router. */
  void reconfigure(InstanceConfig next) {
    boolean wireChanged =
        !next.wire().equals(config.wire()) || !next.addresses().equals(config.addresses());
    config = next;
    shell.renamed(next.router());
    counters.renamed(next.router());
    if (wireChanged) {
      reception.reconfigure(next);
      attachment.reconfigure(next, reception.protection());
    }
    shell.announceConfigChanged(next.announce());
    held.reconfigure(next);
    boolean master = shell.isMaster();
    List<VirtualAddress> fresh = addresses.replace(next, master);
    announcer.addressesChanged();
    refresh();
    if (master && shell.isMaster() && !fresh.isEmpty()) {
      announcer.announce(fresh, next.announce().masterRepeat());
    }
  }

  private void announceAgain(List<VirtualAddress> missed) {
    announcer.announce(missed, 1);
  }

  /** Leaves politely, since the process ends. */
  void shutdown() {
    shell.shutdown(false);
    attachment.detach();
    promotion.restore();
  }

  /** Leaves politely, since the configuration no longer has this router. */
  void remove() {
    shell.shutdown(true);
    attachment.detach();
    promotion.restore();
  }

  ServiceState.Instance state() {
    Parameters known = shell.parameters();
    InetAddress master = shell.master();
    Map<String, Long> counted = counters.values();
    counted.put(RejectReason.VRID.counter(), attachment.unknownVrids());
    return new ServiceState.Instance(
        config.router(),
        shell.state(),
        shell.ageMillis(),
        known.priority(),
        shell.cause(),
        master == null ? null : master.getHostAddress(),
        addresses.addresses().stream().map(VirtualAddress::text).toList(),
        counted);
  }

  /** All there is to know, for questions. */
  RouterView view() {
    Map<String, Long> counted = counters.values();
    counted.put("becameMaster", shell.becameMaster());
    counted.put("releasedMaster", shell.releasedMaster());
    return new RouterView(
        config,
        shell.parameters(),
        shell.phase(),
        Watching.of(config, surroundings),
        shell.peers(),
        counters.lastRefusal(),
        group == null ? null : group.config(),
        surroundings.delayedUntilNanos().getAsLong(),
        counted,
        surroundings.publishing().nowNanos());
  }

  /** The alarm rang; what has arrived is read first, for a takeover by the whole group. */
  void alarmRang() {
    long rangNanos = surroundings.publishing().nowNanos();
    if (shell.isMaster()) {
      readAdverts();
    } else {
      readAll.run();
    }
    shell.alarmRang(rangNanos);
  }

  /** Reads what has arrived. */
  void readAdverts() {
    attachment.drain();
  }

  /** A packet for this VRID arrived. */
  void receive(Packet packet) {
    reception.hear(packet, shell);
    attachment.speak(reception.form());
  }

  private Parameters parameters() {
    Tracking.Standing standing =
        Tracking.evaluate(config.machine().priority(), config.tracked(), surroundings.verdicts());
    List<String> faults = new ArrayList<>();
    InetAddress source = follow(faults);
    faults.addAll(standing.faults());
    faults.addAll(surroundings.statics().faults(config.router().instance()));
    List<String> awaited = new ArrayList<>(standing.awaited());
    if (surroundings.delayedUntilNanos().getAsLong() != StartDelay.OVER) {
      awaited.add(StartDelay.WORDS);
    }
    faults.addAll(config.faults());
    return new Parameters(config.machine(), standing.priority(), source, faults, awaited);
  }

  /** Follows the interface; the address adverts come from, or null with a fault that says why. */
  private InetAddress follow(List<String> faults) {
    String name = config.router().networkInterface();
    Link base = surroundings.interfaces().link(name);
    Link link = base == null ? null : link(config.link().advertVmac(), base);
    Link ear = base == null || config.wire().unicast() ? null : link(config.link().vmac(), null);
    InetAddress source = base == null ? null : source(base);
    String fault = attachment.follow(link, ear, source);
    String problem = surroundings.links().problem(config);
    promotion.follow(config.routing().promoteSecondaries() ? link : null);
    if (base == null) {
      faults.add("interface " + name + " does not exist");
    } else if (config.tracksInterface() && !surroundings.links().usable(name)) {
      faults.add("interface " + name + " is down");
    } else if (source == null) {
      faults.add(
          "interface %s has no %s address of its own"
              .formatted(name, config.ipv6() ? "link-local IPv6" : "IPv4"));
    } else if (problem != null) {
      faults.add(problem);
    } else if (config.link().tracksSource() && !surroundings.links().has(source)) {
      faults.add("no interface has the source address " + source.getHostAddress());
    } else if (fault != null) {
      faults.add(fault);
    }
    return source;
  }

  private Link link(Vmac vmac, Link without) {
    return vmac == null ? without : surroundings.interfaces().link(vmac.name());
  }

  private InetAddress source(Link link) {
    if (config.wire().source() != null) {
      return config.wire().source();
    }
    Set<InetAddress> virtual =
        config.machine().owner()
            ? Set.of()
            : addresses.addresses().stream()
                .map(VirtualAddress::address)
                .collect(Collectors.toSet());
    return surroundings.interfaces().primaryAddress(link, config.ipv6(), virtual);
  }
}
