package io.keepstream.election.edge;

import io.keepstream.contract.Service;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.KernelItem;
import io.keepstream.election.config.StartDelay;
import io.keepstream.election.config.StaticItem;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.explain.RouterView;
import io.keepstream.election.machine.Tracking.Known;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.RouteMonitor;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.socket.PacketSocket;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All virtual routers and BFD sessions of this process on one event loop that nothing else runs on.
 * Every method is to be called on that loop.
 */
final class ElectionEngine {
  static final Logger LOG = LoggerFactory.getLogger("keepstream.election");

  private static final int MONITOR_BUFFER_BYTES = 1 << 20;
  private static final int SWEEP_SECONDS = 5;

  private final Surroundings surroundings;
  private final Outbox publishing;
  private final AfterAdverts afterAdverts;

  /**
   * For what concerns hundreds of routers and is not urgent: no advert waits for more than a turn.
   */
  private final AfterAdverts inTurns;

  private final RouteNetlink netlink;
  private final RouteMonitor monitor;
  private final KernelTables tables;
  private final StaticItems statics;
  private final TrackerResults trackers = new TrackerResults();
  private final List<RouterInstance> instances = new ArrayList<>();
  private final InterfaceTrackers interfaceTrackers;
  private final LoopAlarm patience;
  private final SyncGroups groups;
  private boolean configured;
  private boolean followsRoutes;
  private Future<?> sweep;
  private final BfdInstances bfd;
  private long delayedUntilNanos = StartDelay.OVER;

  private ElectionEngine(
      Libc libc, IoEventLoop loop, Consumer<List<Event>> events, int monitorBufferBytes)
      throws ErrnoException {
    netlink = RouteNetlink.open(libc);
    Alarms alarms = new Alarms(loop);
    Interfaces interfaces = new Interfaces();
    publishing = new Outbox(loop, events);
    tables = new KernelTables(netlink, interfaces, publishing);
    statics = new StaticItems(tables);
    monitor = RouteMonitor.open(libc, monitorBufferBytes);
    afterAdverts = new AfterAdverts(loop, this::nextAdvertNanos, AfterAdverts.MOMENT_NANOS);
    inTurns = new AfterAdverts(loop, this::nextAdvertNanos, AfterAdverts.MOMENT_NANOS);
    surroundings =
        new Surroundings(
            loop,
            alarms,
            afterAdverts,
            new FramePacer(openAnnouncer(libc), interfaces, publishing, alarms),
            interfaces,
            new Links(libc, netlink, interfaces, publishing),
            tables,
            statics,
            new AdvertSockets(libc, loop),
            publishing,
            this::verdict,
            () -> delayedUntilNanos);
    patience = new LoopAlarm(alarms, this::refresh);
    interfaceTrackers = new InterfaceTrackers(interfaces, surroundings.links()::usable, publishing);
    groups = new SyncGroups(publishing, afterAdverts::behind);
    bfd =
        new BfdInstances(
            BfdWorld.of(libc, surroundings, () -> instances.forEach(RouterInstance::refresh)));
  }

  private long nextAdvertNanos() {
    return instances.stream()
        .mapToLong(each -> each.shell().machineState().deadlineNanos())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Null without the right to announce; then there is no right to elect either, which is said. */
  private static PacketSocket openAnnouncer(Libc libc) {
    try {
      return PacketSocket.openSender(libc);
    } catch (ErrnoException e) {
      LOG.warn("addresses cannot be announced: {}", e.getMessage());
      return null;
    }
  }

  /** An engine without instances that knows the interfaces and follows them. */
  static ElectionEngine open(Libc libc, IoEventLoop loop, Consumer<List<Event>> events)
      throws ErrnoException {
    return open(libc, loop, events, MONITOR_BUFFER_BYTES);
  }

  /** As above, where so many bytes of news may wait. */
  static ElectionEngine open(
      Libc libc, IoEventLoop loop, Consumer<List<Event>> events, int monitorBufferBytes)
      throws ErrnoException {
    ElectionEngine engine = new ElectionEngine(libc, loop, events, monitorBufferBytes);
    engine.surroundings.interfaces().read(engine.netlink);
    engine.monitor.start(loop, new Following(engine.surroundings, engine::settle, engine::reread));
    engine.tables.start(
        new LoopAlarm(engine.surroundings.alarms(), engine.tables::alarmRang),
        () -> engine.instances.forEach(RouterInstance::alarmRang));
    engine.sweep =
        loop.scheduleWithFixedDelay(engine::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    return engine;
  }

  /**
   * Puts the first configuration in force, its instances in INIT until the start delay is over.
   *
   * @param uptimeNanos how long the machine has been up
   */
  void start(ElectionConfig config, long uptimeNanos) {
    long delayNanos = config.startDelay().remainingNanos(uptimeNanos);
    if (delayNanos > 0) {
      delayedUntilNanos = publishing.nowNanos() + delayNanos;
      publishing.publish(
          new NodeEvent.StartDelayed(Service.ELECTION, TimeUnit.NANOSECONDS.toMillis(delayNanos)));
      var _ = surroundings.loop().schedule(this::delayIsOver, delayNanos, TimeUnit.NANOSECONDS);
    }
    configure(config);
  }

  private void delayIsOver() {
    delayedUntilNanos = StartDelay.OVER;
    instances.forEach(RouterInstance::refresh);
  }

  /**
   * Puts a configuration in force: what stays keeps its state, what is new starts, what is gone
   * leaves politely before anything new is claimed. What goes over from one instance to another is
   * not touched.
   */
  void configure(ElectionConfig config) {
    inTurns.finish();
    bfd.configure(config.bfdSessions());
    List<KernelItem> kept =
        config.instances().stream().flatMap(each -> each.items().stream()).toList();
    prepareTables(config);
    tables.beginReload(kept);
    statics.configure(config.statics());
    removeLeftovers(config);
    replaceInstances(config);
    tables.endReload(kept);
  }

  private void replaceInstances(ElectionConfig config) {
    List<RouterInstance> gone = new ArrayList<>(instances);
    List<Runnable> arrivals = new ArrayList<>();
    List<RouterInstance> next = new ArrayList<>();
    for (InstanceConfig each : config.instances()) {
      Optional<RouterInstance> same =
          gone.stream().filter(known -> sameRouter(known.config(), each)).findFirst();
      if (same.isPresent()) {
        gone.remove(same.get());
        next.add(same.get());
        arrivals.add(() -> same.get().reconfigure(each));
      } else {
        RouterInstance fresh = new RouterInstance(each, surroundings);
        next.add(fresh);
        arrivals.add(fresh::start);
      }
    }
    surroundings.frames().reconfigure(config.pacing(), config.vmacBases());
    gone.forEach(RouterInstance::remove);
    instances.clear();
    instances.addAll(next);
    trackers.retain(config.trackers());
    patience.rearm(surroundings.links().follow(config));
    groups.form(config, instances);
    interfaceTrackers.follow(config.instances());
    arrivals.forEach(Runnable::run);
  }

  private void prepareTables(ElectionConfig config) {
    tables.configured(addresses(config, false));
    boolean routing =
        Stream.concat(
                config.statics().stream().map(StaticItem::item),
                config.instances().stream().flatMap(each -> each.items().stream()))
            .anyMatch(item -> !(item instanceof VirtualAddress));
    if (routing && !followsRoutes) {
      try {
        monitor.followRoutes(RoutingTables.MARK);
        followsRoutes = true;
      } catch (ErrnoException e) {
        LOG.error("following routes failed; they are looked at every {} s", SWEEP_SECONDS, e);
      }
    }
  }

  private void removeLeftovers(ElectionConfig config) {
    if (!configured) {
      configured = true;
      try {
        tables.removeLeftovers(addresses(config, true));
      } catch (ErrnoException e) {
        LOG.error("looking for what an earlier run has left failed", e);
      }
    }
  }

  private static List<VirtualAddress> addresses(ElectionConfig config, boolean owners) {
    return config.instances().stream()
        .filter(each -> each.machine().owner() == owners)
        .flatMap(each -> KernelAddresses.all(each).stream())
        .toList();
  }

  /** Takes in a tracker's verdict; {@code value} is the number of a file, else null. */
  void tracker(TrackerRef tracker, boolean up, Integer value) {
    if (trackers.take(tracker, up, value)) {
      instances.forEach(RouterInstance::refresh);
    }
  }

  /** Of these trackers, and no others, the last result holds no longer. */
  void silence(Set<TrackerRef> silent) {
    if (trackers.silence(silent)) {
      instances.forEach(RouterInstance::refresh);
    }
  }

  /** Leaves politely with all instances and closes everything. */
  void shutdown() {
    inTurns.finish();
    instances.reversed().forEach(ElectionEngine::leave);
    instances.clear();
    patience.rearm(Long.MAX_VALUE);
    surroundings.links().close();
    bfd.shutdown();
    statics.shutdown();
    sweep.cancel(false);
    monitor.close();
    netlink.close();
    surroundings.frames().close();
    afterAdverts.finish();
    tellAll();
  }

  /** Hands over all events that have come about until now. */
  void tellAll() {
    publishing.flush();
  }

  /** What one instance cannot do must not keep the others from leaving. */
  private static void leave(RouterInstance instance) {
    try {
      instance.shutdown();
    } catch (RuntimeException e) {
      LOG.error("({}) leaving failed", instance.config().router().instance(), e);
    }
  }

  /** Asks every virtual router how it is; {@code then} gets the answers of all on this loop. */
  void state(Consumer<ServiceState.Election> then) {
    int asked = instances.size();
    List<ServiceState.Instance> states = new ArrayList<>(asked);
    for (RouterInstance each : instances) {
      inTurns.execute(() -> states.add(each.state()));
    }
    inTurns.execute(
        () -> {
          if (states.size() == asked) {
            then.accept(new ServiceState.Election(states, bfd.state()));
          }
        });
  }

  /** All there is to know of every virtual router, for questions. */
  List<RouterView> views() {
    return instances.stream().map(RouterInstance::view).toList();
  }

  /** As keepalived matches at reload: by what makes it the same router for others, not by name. */
  private static boolean sameRouter(InstanceConfig known, InstanceConfig next) {
    return known.router().vrid() == next.router().vrid()
        && known.router().family().equals(next.router().family())
        && known.router().networkInterface().equals(next.router().networkInterface())
        && known.wire().unicast() == next.wire().unicast()
        && Objects.equals(known.link().vmac(), next.link().vmac())
        && known.link().transmitFromBase() == next.link().transmitFromBase();
  }

  private void refresh() {
    refreshShared();
    instances.forEach(RouterInstance::refresh);
  }

  private void refreshShared() {
    patience.rearm(surroundings.links().refresh());
    interfaceTrackers.refresh();
    bfd.refresh();
  }

  /** Acts on what is known now. */
  private void settle() {
    refresh();
    repair();
  }

  private void repair() {
    if (tables.repairIfDirty()) {
      refresh();
    }
  }

  /** Reads everything anew, as news may have been lost, and acts on it. */
  private boolean reread() {
    boolean read = readAnew();
    if (read) {
      settle();
    }
    return read;
  }

  private boolean readAnew() {
    try {
      surroundings.interfaces().read(netlink);
      tables.reread();
      return true;
    } catch (ErrnoException e) {
      LOG.error("reading interfaces anew failed", e);
      return false;
    }
  }

  private void sweep() {
    try {
      if (readAnew()) {
        refreshShared();
        instances.forEach(each -> inTurns.execute(each::refresh));
        inTurns.execute(this::repair);
        inTurns.execute(surroundings.links()::restore);
        inTurns.execute(tables::reportStrangers);
      }
    } catch (RuntimeException e) {
      LOG.error("looking at the kernel's tables failed", e); // and thrown, it would end the timer
    }
  }

  private Known verdict(TrackerRef tracker) {
    return switch (tracker.kind()) {
      case INTERFACE -> interfaceTrackers.verdict(tracker.name());
      case BFD -> bfd.verdict(tracker.name());
      case SCRIPT, FILE, PROCESS -> trackers.of(tracker);
    };
  }
}
