package io.keepstream.election.edge;

import io.keepstream.contract.event.BfdEvent;
import io.keepstream.contract.event.BfdState;
import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.bfd.ControlPacket;
import io.keepstream.election.bfd.Event;
import io.keepstream.election.bfd.Intervals;
import io.keepstream.election.bfd.Moment;
import io.keepstream.election.bfd.Session;
import io.keepstream.election.bfd.SessionConfig;
import io.keepstream.election.bfd.SessionMachine;
import io.keepstream.election.bfd.Transition;
import io.keepstream.election.port.BfdPorts;
import java.util.concurrent.TimeUnit;

/**
 * Runs one BFD session: turns callbacks into events, asks the machine, sends its packets, tells of
 * changes and keeps one timer. Everything is called on one thread.
 */
public final class BfdShell {
  private final String name;
  private final String neighbor;
  private final BfdPorts ports;
  private SessionConfig config;
  private Session session;
  private boolean reachable;
  private boolean judged;
  private long enteredNanos;
  private long turnedNanos;
  private long judgedNanos;

  /**
   * A session in state Down; nothing happens before {@link #start}.
   *
   * @param discriminator our name of the session, unlike that of any other
   */
  public BfdShell(
      String name, String neighbor, SessionConfig config, long discriminator, BfdPorts ports) {
    this.name = name;
    this.neighbor = neighbor;
    this.config = config;
    this.ports = ports;
    enteredNanos = now();
    turnedNanos = enteredNanos;
    session = Session.begin(config, discriminator, enteredNanos);
  }

  /** Begins to send, unless passive. */
  public void start() {
    rearm();
  }

  /** A valid packet of this session arrived. */
  public void packetHeard(ControlPacket packet) {
    on(new Event.PacketHeard(packet));
  }

  /** The alarm rang, and afterwards the socket was read; silence is judged as of then. */
  public void alarmRang(long rangNanos) {
    on(new Event.TimerExpired(), rangNanos);
  }

  /** Goes over to another configuration of the same session. */
  public void configChanged(SessionConfig next) {
    config = next;
    on(new Event.ConfigChanged());
  }

  /** Tells the neighbour that the session ends on purpose; nothing happens afterwards. */
  public void shutdown() {
    on(new Event.Shutdown());
  }

  /** The session's variables now. */
  public Session session() {
    return session;
  }

  /** How long the state has lasted. */
  public long ageMillis() {
    return millis(now() - enteredNanos);
  }

  /**
   * What trackers are told: whether the session is up, or was until the neighbour was taken down on
   * purpose, which says nothing about the path (RFC 5882 section 3.2).
   */
  public boolean reachable() {
    return reachable;
  }

  private void on(Event event) {
    on(event, now());
  }

  private void on(Event event, long nowNanos) {
    Session previous = session;
    Moment moment = new Moment(nowNanos, ports.chance().getAsDouble());
    Transition transition = SessionMachine.next(config, previous, event, moment);
    session = transition.session();
    transition.packets().forEach(ports.packets());
    if (session.state() != previous.state()) {
      enteredNanos = nowNanos;
    }
    if (session.up() != previous.up()) {
      turned(previous, nowNanos);
    }
    rearm();
  }

  private void turned(Session previous, long nowNanos) {
    long heldMillis = millis(nowNanos - turnedNanos);
    turnedNanos = nowNanos;
    if (session.up()) {
      ports
          .publishing()
          .publish(new BfdEvent.Up(name, neighbor, heldMillis, Intervals.detectionMicros(session)));
      judge(true, nowNanos);
      return;
    }
    Session.Heard heard = session.heard() == null ? previous.heard() : session.heard();
    ports
        .publishing()
        .publish(
            new BfdEvent.Down(
                name,
                neighbor,
                heldMillis,
                session.diagnostic(),
                heard.packet().state(),
                heard.packet().diagnostic(),
                TimeUnit.NANOSECONDS.toMicros(nowNanos - heard.atNanos())));
    boolean onPurpose =
        session.state() == BfdState.ADMIN_DOWN || session.remoteState() == BfdState.ADMIN_DOWN;
    judge(onPurpose, nowNanos);
  }

  private void judge(boolean verdict, long nowNanos) {
    if (verdict == reachable) {
      return;
    }
    reachable = verdict;
    long heldMillis = judged ? millis(nowNanos - judgedNanos) : 0;
    String detail = verdict ? null : session.diagnostic().words();
    ports
        .publishing()
        .publish(
            new TrackerChanged(
                new TrackerRef(TrackerRef.Kind.BFD, name),
                verdict,
                null,
                !judged,
                heldMillis,
                detail));
    judged = true;
    judgedNanos = nowNanos;
    ports.verdictChanged().run();
  }

  private void rearm() {
    ports.alarm().rearm(Intervals.deadlineNanos(config, session));
  }

  private long now() {
    return ports.publishing().nowNanos();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
