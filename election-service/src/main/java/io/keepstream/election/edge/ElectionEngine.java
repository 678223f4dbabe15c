package io.keepstream.election.edge;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.machine.Tracking.FileSays;
import io.keepstream.election.machine.Tracking.Known;
import io.keepstream.election.machine.Tracking.Verdict;
import io.keepstream.election.port.Publishing;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.RouteChange;
import io.keepstream.linux.netlink.RouteMonitor;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.socket.PacketSocket;
import io.netty.channel.IoEventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All virtual routers and BFD sessions of this process on one event loop that nothing else runs on.
 * Every method is to be called on that loop.
 */
final class ElectionEngine {
  static final Logger LOG = LoggerFactory.getLogger("keepstream.election");

  private static final int MONITOR_BUFFER_BYTES = 1 << 20;
  private static final long READ_AGAIN_MILLIS = 100;

  private final Surroundings surroundings;
  private final RouteMonitor monitor;
  private final Map<TrackerRef, Known> trackers = new HashMap<>();
  private final List<RouterInstance> instances = new ArrayList<>();
  private final InterfaceTrackers interfaceTrackers;
  private final SyncGroups groups;
  private final BfdInstances bfd;

  private ElectionEngine(Libc libc, IoEventLoop loop, Consumer<Event> events)
      throws ErrnoException {
    RouteNetlink netlink = RouteNetlink.open(libc);
    monitor = RouteMonitor.open(libc, MONITOR_BUFFER_BYTES);
    surroundings =
        new Surroundings(
            loop,
            netlink,
            openAnnouncer(libc),
            new Interfaces(),
            new AdvertSockets(libc, loop),
            new LoopPublishing(events),
            this::verdict);
    interfaceTrackers = new InterfaceTrackers(surroundings.interfaces(), surroundings.publishing());
    groups = new SyncGroups(surroundings.publishing());
    bfd =
        new BfdInstances(
            BfdWorld.of(libc, surroundings, () -> instances.forEach(RouterInstance::refresh)));
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
  static ElectionEngine open(Libc libc, IoEventLoop loop, Consumer<Event> events)
      throws ErrnoException {
    ElectionEngine engine = new ElectionEngine(libc, loop, events);
    engine.surroundings.interfaces().read(engine.surroundings.netlink());
    engine.monitor.start(loop, engine.new Following());
    return engine;
  }

  /**
   * Puts a configuration in force: what stays keeps its state, what is new starts, what is gone
   * leaves politely before anything new is claimed.
   */
  void configure(ElectionConfig config) {
    bfd.configure(config.bfdSessions());
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
    gone.forEach(RouterInstance::remove);
    instances.clear();
    instances.addAll(next);
    trackers.keySet().retainAll(config.trackers());
    groups.form(config, instances);
    interfaceTrackers.follow(config.instances());
    arrivals.forEach(Runnable::run);
  }

  /** Takes in a tracker's verdict; {@code value} is the number of a file, else null. */
  void tracker(TrackerRef tracker, boolean up, Integer value) {
    Known known = value != null ? new FileSays(value) : up ? Verdict.UP : Verdict.DOWN;
    if (!known.equals(trackers.put(tracker, known))) {
      instances.forEach(RouterInstance::refresh);
    }
  }

  /** Leaves politely with all instances and closes everything. */
  void shutdown() {
    instances.reversed().forEach(ElectionEngine::leave);
    instances.clear();
    bfd.shutdown();
    monitor.close();
    surroundings.netlink().close();
    if (surroundings.packets() != null) {
      surroundings.packets().close();
    }
  }

  /** What one instance cannot do must not keep the others from leaving. */
  private static void leave(RouterInstance instance) {
    try {
      instance.shutdown();
    } catch (RuntimeException e) {
      LOG.error("({}) leaving failed", instance.config().router().instance(), e);
    }
  }

  ServiceState.Election state() {
    return new ServiceState.Election(
        instances.stream().map(RouterInstance::state).toList(), bfd.state());
  }

  /** As keepalived matches at reload: by what makes it the same router for others, not by name. */
  private static boolean sameRouter(InstanceConfig known, InstanceConfig next) {
    return known.router().vrid() == next.router().vrid()
        && known.router().family().equals(next.router().family())
        && known.router().networkInterface().equals(next.router().networkInterface())
        && known.wire().unicast() == next.wire().unicast();
  }

  private void refresh() {
    interfaceTrackers.refresh();
    bfd.refresh();
    instances.forEach(RouterInstance::refresh);
  }

  private Known verdict(TrackerRef tracker) {
    return switch (tracker.kind()) {
      case INTERFACE -> interfaceTrackers.verdict(tracker.name());
      case BFD -> bfd.verdict(tracker.name());
      case SCRIPT, FILE, PROCESS -> trackers.getOrDefault(tracker, Verdict.UNKNOWN);
    };
  }

  private final class Following implements RouteMonitor.Listener {
    @Override
    public void onChange(RouteChange change) {
      surroundings.interfaces().apply(change);
      refresh();
    }

    @Override
    public void onOverrun() {
      try {
        surroundings.interfaces().read(surroundings.netlink());
        refresh();
      } catch (ErrnoException e) {
        LOG.warn("reading interfaces anew failed, and is tried again: {}", e.getMessage());
        var _ =
            surroundings.loop().schedule(this::onOverrun, READ_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void onError(Throwable cause) {
      LOG.error("following interfaces failed", cause);
    }
  }

  private record LoopPublishing(Consumer<Event> events) implements Publishing {
    @Override
    public long nowNanos() {
      return System.nanoTime();
    }

    @Override
    public void publish(Event event) {
      events.accept(event);
    }
  }
}
