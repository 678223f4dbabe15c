package io.keepstream.election.simulation;

import io.keepstream.contract.event.BfdEvent;
import io.keepstream.contract.event.Event;
import io.keepstream.election.bfd.Bfd;
import io.keepstream.election.bfd.ControlPacket;
import io.keepstream.election.bfd.ControlPacketCodec;
import io.keepstream.election.bfd.Decoded;
import io.keepstream.election.bfd.Intervals;
import io.keepstream.election.bfd.Session;
import io.keepstream.election.bfd.SessionConfig;
import io.keepstream.election.edge.BfdShell;
import io.keepstream.election.port.BfdPorts;
import io.keepstream.election.port.Publishing;
import io.keepstream.testkit.sim.SimulatedLan;
import io.keepstream.testkit.sim.VirtualTime;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.Consumer;

/** One end of a BFD session around the real shell, machine and codec. */
final class BfdNode implements Publishing {
  private final VirtualTime time;
  private final SimulatedLan<byte[]> lan;
  private final Random random;
  private final Consumer<String> trace;
  private final int number;
  private final Deque<byte[]> unread = new ArrayDeque<>();
  private SessionConfig config;
  private BfdShell shell;
  private int life;
  private boolean paused;
  private long deadlineNanos;
  private long scheduledNanos;
  private long sent;
  private long polls;
  private long answers;

  BfdNode(
      VirtualTime time,
      SimulatedLan<byte[]> lan,
      SessionConfig config,
      Random random,
      Consumer<String> trace) {
    this.time = time;
    this.lan = lan;
    this.config = config;
    this.random = random;
    this.trace = trace;
    number = lan.attach(this::receive);
  }

  SessionConfig config() {
    return config;
  }

  boolean running() {
    return shell != null;
  }

  boolean paused() {
    return paused;
  }

  BfdShell shell() {
    return shell;
  }

  Session session() {
    return shell.session();
  }

  boolean up() {
    return running() && session().up();
  }

  /** Packets sent that were no answers. */
  long beats() {
    return sent - answers;
  }

  long polls() {
    return polls;
  }

  long answers() {
    return answers;
  }

  void start() {
    life++;
    int thisLife = life;
    unread.clear();
    paused = false;
    scheduledNanos = Long.MAX_VALUE;
    BfdPorts ports =
        new BfdPorts(this::send, when -> rearm(when, thisLife), this, random::nextDouble, () -> {});
    shell = new BfdShell("s" + number, "peer", config, 1 + random.nextInt(1 << 20), ports);
    shell.start();
  }

  /** Power off: nothing is said. */
  void crash() {
    life++;
    shell = null;
  }

  void stopPolitely() {
    resume();
    shell.shutdown();
    crash();
  }

  void reconfigure(SessionConfig next) {
    config = next;
    if (running() && !paused) {
      shell.configChanged(next);
    }
  }

  void pause() {
    paused = true;
  }

  /** As in life: first what lies in the socket, then the timer. */
  void resume() {
    if (paused) {
      paused = false;
      shell.configChanged(config);
      while (!unread.isEmpty()) {
        hear(unread.remove());
      }
      ring();
    }
  }

  /** Silence is noticed neither early nor late. */
  void checkConsistent() {
    if (running() && !paused && session().heard() != null) {
      long silentNanos = time.nanos() - session().heard().atNanos();
      check(
          silentNanos <= Intervals.detectionMicros(session()) * 1000,
          "silent for " + silentNanos + " ns in " + session());
    }
  }

  private void send(ControlPacket packet) {
    byte[] bytes = new byte[Bfd.PACKET_BYTES];
    ControlPacketCodec.encode(packet, MemorySegment.ofArray(bytes));
    sent++;
    polls += packet.poll() ? 1 : 0;
    answers += packet.answer() ? 1 : 0;
    lan.send(number, bytes);
  }

  private void receive(byte[] bytes) {
    if (running() && paused) {
      unread.add(bytes);
    } else if (running()) {
      hear(bytes);
    }
  }

  private void hear(byte[] bytes) {
    Decoded decoded = ControlPacketCodec.decode(MemorySegment.ofArray(bytes));
    check(decoded instanceof Decoded.Accepted, "refused a peer's packet: " + decoded);
    ControlPacket packet = ((Decoded.Accepted) decoded).packet();
    long meant = packet.yourDiscriminator();
    if (meant == 0 || meant == session().discriminator()) {
      shell.packetHeard(packet);
    }
  }

  private void rearm(long nextNanos, int whichLife) {
    deadlineNanos = nextNanos;
    if (nextNanos < scheduledNanos) {
      scheduledNanos = nextNanos;
      time.at(
          nextNanos,
          () -> {
            if (life == whichLife && scheduledNanos == nextNanos) {
              scheduledNanos = Long.MAX_VALUE;
              if (!paused) {
                ring();
              }
            }
          });
    }
  }

  private void ring() {
    if (time.nanos() >= deadlineNanos) {
      shell.alarmRang(time.nanos());
    }
    rearm(deadlineNanos, life);
  }

  private void check(boolean holds, String violation) {
    if (!holds) {
      throw new AssertionError(time.nanos() / 1000 + " us, node " + number + ": " + violation);
    }
  }

  @Override
  public long nowNanos() {
    return time.nanos();
  }

  @Override
  public void publish(Event event) {
    if (event instanceof BfdEvent) {
      trace.accept(time.nanos() / 1000 + " us: " + event.summary());
    }
  }
}
