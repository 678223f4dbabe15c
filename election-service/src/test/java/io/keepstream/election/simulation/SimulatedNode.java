package io.keepstream.election.simulation;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.VrrpEvent.InstanceChanged;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.edge.VirtualRouterShell;
import io.keepstream.election.machine.Parameters;
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
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A node around the real shell, machine and codec: only sockets, kernel and clock are made up. */
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
  private Priority priority;
  private List<String> faults = List.of();
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
    this.priority = Priority.of(config.machine().priority());
    this.number = lan.attach(this::receive);
  }

  void start() {
    life++;
    int thisLife = life;
    unread.clear();
    paused = false;
    scheduledNanos = Long.MAX_VALUE;
    addressesPresent = false;
    RouterPorts ports =
        new RouterPorts(
            this::send, new Kernel(), this::announce, when -> rearm(when, thisLife), new Telling());
    shell = new VirtualRouterShell(config.router(), config.announce(), ports);
    shell.start(parameters());
  }

  /** Power off: nothing is said, the addresses are gone. */
  void crash() {
    life++;
    shell = null;
    addressesPresent = false;
  }

  void stopPolitely() {
    resume();
    shell.shutdown(false);
    check(!addressesPresent, "addresses left after shutdown");
    crash();
  }

  void pause() {
    paused = true;
  }

  /** As in life: first what lies in the socket, then the timer. */
  void resume() {
    if (!paused) {
      return;
    }
    paused = false;
    while (!unread.isEmpty()) {
      hear(unread.remove());
    }
    ring();
  }

  void track(int points) {
    int base = config.machine().priority();
    int effective = base == 255 ? base : Math.clamp(base + points, 1, 254);
    priority = new Priority(base, effective, List.of());
    changed();
  }

  void fault(boolean faulty) {
    faults = faulty ? List.of("interface eth0 is down") : List.of();
    changed();
  }

  boolean running() {
    return shell != null;
  }

  boolean paused() {
    return paused;
  }

  VrrpState state() {
    return shell.state();
  }

  int effectivePriority() {
    return priority.effective();
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

  private void changed() {
    if (running() && !paused) {
      shell.parametersChanged(parameters());
    }
  }

  private Parameters parameters() {
    return new Parameters(config.machine(), priority, address, faults, true);
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
    lan.send(number, new Frame(MemorySegment.ofArray(buffer).asSlice(0, length), address));
  }

  private void receive(Frame frame) {
    if (!running()) {
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
    shell.advertHeard(
        frame.source(), advertisement.priority(), advertisement.intervalCentis() * 10_000_000L);
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

  private void ring() {
    shell.alarmRang();
    rearm(deadlineNanos, life);
  }

  private void announce(int rounds) {
    check(addressesPresent, "announced before the addresses were there");
    trace.accept(name() + " announces " + rounds);
  }

  private String name() {
    return time.nanos() / 1_000_000 + " ms, node " + number;
  }

  private void check(boolean holds, String violation) {
    if (!holds) {
      throw new AssertionError(name() + ": " + violation);
    }
  }

  private final class Telling implements Publishing {
    @Override
    public long nowNanos() {
      return time.nanos();
    }

    @Override
    public void publish(Event event) {
      if (event instanceof InstanceChanged change) {
        trace.accept(name() + " " + change.summary());
      }
    }
  }

  private final class Kernel implements AddressTable {
    @Override
    public void claim() {
      addressesPresent = true;
    }

    @Override
    public void release() {
      addressesPresent = false;
    }
  }
}
