package io.keepstream.election.simulation;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.VrrpEvent.PriorityChanged;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.edge.VirtualRouterShell;
import io.keepstream.election.machine.Parameters;
import io.keepstream.election.machine.Tracking;
import io.keepstream.election.machine.Tracking.Known;
import io.keepstream.election.port.AddressTable;
import io.keepstream.election.port.Publishing;
import io.keepstream.election.port.RouterPorts;
import io.keepstream.election.vrrp.Advertisement;
import io.keepstream.election.vrrp.AdvertisementCodec;
import io.keepstream.election.vrrp.Authentication;
import io.keepstream.election.vrrp.Decoded;
import io.keepstream.election.vrrp.Packet;
import io.keepstream.election.vrrp.Protection;
import io.keepstream.election.vrrp.Receiver;
import io.keepstream.election.vrrp.Route;
import io.keepstream.election.vrrp.Vrrp;
import io.keepstream.testkit.sim.SimulatedLan;
import io.keepstream.testkit.sim.VirtualTime;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One virtual router of a host, around the real shell, machine and codec: only sockets, kernel and
 * clock are made up.
 */
final class SimulatedNode {
  /** A packet on the segment. */
  record Frame(MemorySegment message, InetAddress source) {}

  private static final int SOCKET_BUFFER_FRAMES = 200;
  private static final Protection PROTECTION =
      Protection.of(new Authentication.None(), null, InstantSource.system());

  private final VirtualTime time;
  private final SimulatedLan<Frame> lan;
  private final InstanceConfig config;
  private final InetAddress address;
  private final int number;
  private final Consumer<String> trace;
  private final Deque<Frame> unread = new ArrayDeque<>();
  private VirtualRouterShell shell;
  private int life;
  private boolean paused;
  private long deadlineNanos;
  private long scheduledNanos;
  private Function<TrackerRef, Known> knowledge;
  private boolean cut;
  private long betterUntilNanos;
  private boolean addressesPresent;
  private long advertsSent;

  SimulatedNode(
      VirtualTime time,
      SimulatedLan<Frame> lan,
      InstanceConfig config,
      InetAddress address,
      Consumer<String> trace) {
    this.time = time;
    this.lan = lan;
    this.config = config;
    this.address = address;
    this.trace = trace;
    this.number = lan.attach(this::receive);
  }

  /** Power on; nothing happens before {@link #begin}. */
  VirtualRouterShell prepare(Function<TrackerRef, Known> trackers) {
    life++;
    knowledge = trackers;
    betterUntilNanos = 0;
    int thisLife = life;
    unread.clear();
    paused = false;
    scheduledNanos = Long.MAX_VALUE;
    addressesPresent = false;
    RouterPorts ports =
        new RouterPorts(
            this::send, new Kernel(), this::announce, when -> rearm(when, thisLife), publishing());
    shell = new VirtualRouterShell(config.router(), config.announce(), ports);
    return shell;
  }

  void begin() {
    shell.start(parameters());
  }

  /** Power off: nothing is said, the addresses are gone. */
  void crash() {
    life++;
    shell = null;
    addressesPresent = false;
  }

  void stopPolitely() {
    shell.shutdown(false);
    check(!addressesPresent, "addresses left after shutdown");
  }

  void pause() {
    paused = true;
  }

  /** What lies in the socket comes first after a pause. */
  void readOn() {
    paused = false;
    while (!unread.isEmpty()) {
      hear(unread.remove());
    }
  }

  /** Pulls the cable, or puts it back; what is sent meanwhile is lost in any case. */
  void cut(boolean pulled) {
    cut = pulled;
    changed();
  }

  boolean isCut() {
    return cut;
  }

  /** Trackers may have changed. */
  void changed() {
    if (running() && !paused) {
      shell.parametersChanged(parameters());
    }
  }

  boolean running() {
    return shell != null;
  }

  VrrpState state() {
    return shell.state();
  }

  int effectivePriority() {
    return parameters().effectivePriority();
  }

  boolean hasAddresses() {
    return addressesPresent;
  }

  InstanceConfig config() {
    return config;
  }

  long advertsSent() {
    return advertsSent;
  }

  /** The node by itself is never in contradiction. */
  void checkConsistent() {
    if (running()) {
      check(
          (state() == VrrpState.MASTER) == addressesPresent,
          "addresses " + (addressesPresent ? "present" : "absent") + " in " + state());
    }
  }

  private Parameters parameters() {
    Tracking.Standing standing =
        Tracking.evaluate(config.machine().priority(), config.tracked(), knowledge);
    List<String> faults = new ArrayList<>(standing.faults());
    if (cut) {
      faults.add("interface " + config.router().networkInterface() + " is down");
    }
    return new Parameters(
        config.machine(), standing.priority(), address, faults, standing.awaited());
  }

  private void send(int advertised) {
    byte[] buffer = new byte[Vrrp.MAX_PACKET_BYTES];
    int length =
        AdvertisementCodec.encode(
            new Advertisement(
                config.wire().version(),
                config.wire().vrid(),
                advertised,
                config.wire().intervalCentis(),
                addresses()),
            config.wire().authentication(),
            config.wire().forms().getFirst(),
            new Route(address, config.wire().group()),
            MemorySegment.ofArray(buffer));
    advertsSent++;
    trace.accept(name() + " sends " + advertised);
    if (cut) {
      return;
    }
    lan.send(number, new Frame(MemorySegment.ofArray(buffer).asSlice(0, length), address));
  }

  private void receive(Frame frame) {
    if (!running() || cut) {
      return;
    }
    if (!paused) {
      hear(frame);
    } else if (unread.size() < SOCKET_BUFFER_FRAMES) {
      unread.add(frame);
    }
  }

  private void hear(Frame frame) {
    Receiver receiver =
        new Receiver(
            config.wire().version(),
            config.wire().vrid(),
            config.wire().intervalCentis(),
            addresses(),
            config.wire().authentication(),
            config.wire().forms(),
            List.of());
    Packet packet =
        new Packet(frame.message(), frame.source(), config.wire().group(), Vrrp.HOP_LIMIT);
    Decoded decoded = AdvertisementCodec.decode(receiver, PROTECTION, packet);
    check(decoded instanceof Decoded.Accepted, "refused a peer's advert: " + decoded);
    Advertisement advertisement = ((Decoded.Accepted) decoded).advertisement();
    long intervalNanos = advertisement.intervalCentis() * 10_000_000L;
    shell.advertHeard(frame.source(), advertisement.priority(), intervalNanos, 0);
    if (advertisement.priority() == 0) {
      betterUntilNanos = 0;
    } else if (state() == VrrpState.BACKUP
        && advertisement.priority() >= shell.parameters().effectivePriority()) {
      betterUntilNanos = time.nanos() + intervalNanos;
    }
  }

  private List<InetAddress> addresses() {
    return config.addresses().stream().map(VirtualAddress::address).toList();
  }

  /** As the real alarm does: an earlier call already asked for is left to ring too early. */
  private void rearm(long deadlineNanos, int whichLife) {
    this.deadlineNanos = deadlineNanos;
    if (deadlineNanos < scheduledNanos) {
      scheduledNanos = deadlineNanos;
      time.at(
          deadlineNanos,
          () -> {
            if (life == whichLife && scheduledNanos == deadlineNanos) {
              scheduledNanos = Long.MAX_VALUE;
              if (!paused) {
                ring();
              }
            }
          });
    }
  }

  void ring() {
    shell.alarmRang(time.nanos());
    rearm(deadlineNanos, life);
  }

  private void announce(int rounds) {
    check(addressesPresent, "announced before the addresses were there");
    trace.accept(name() + " announces " + rounds);
  }

  private String name() {
    return time.nanos() / 1_000_000 + " ms, node " + number + " " + config.router().instance();
  }

  private void check(boolean holds, String violation) {
    if (!holds) {
      throw new AssertionError(name() + ": " + violation);
    }
  }

  Publishing publishing() {
    return new Telling();
  }

  private final class Telling implements Publishing {
    @Override
    public long nowNanos() {
      return time.nanos();
    }

    @Override
    public void publish(Event event) {
      if (!(event instanceof PriorityChanged)) {
        trace.accept(name() + " " + event.summary());
      }
    }
  }

  private final class Kernel implements AddressTable {
    @Override
    public void claim() {
      check(time.nanos() >= betterUntilNanos, "MASTER over a better one just heard");
      addressesPresent = true;
    }

    @Override
    public void release() {
      addressesPresent = false;
    }
  }
}
