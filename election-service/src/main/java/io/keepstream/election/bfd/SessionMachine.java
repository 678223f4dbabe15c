package io.keepstream.election.bfd;

import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdState;
import io.keepstream.election.bfd.Event.ConfigChanged;
import io.keepstream.election.bfd.Event.PacketHeard;
import io.keepstream.election.bfd.Event.Shutdown;
import io.keepstream.election.bfd.Event.TimerExpired;
import io.keepstream.election.bfd.Session.Beat;
import io.keepstream.election.bfd.Session.Heard;
import io.keepstream.election.bfd.Session.Offer;
import io.keepstream.election.bfd.Session.Timing;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The transition function of a session (RFC 5880 section 6.8). */
public final class SessionMachine {
  /** Polls that come faster go unanswered; a neighbour repeats its poll at its own pace. */
  private static final long ANSWER_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final SessionConfig config;
  private final Moment moment;

  private SessionMachine(SessionConfig config, Moment moment) {
    this.config = config;
    this.moment = moment;
  }

  /** What becomes of {@code session} when {@code event} happens. */
  public static Transition next(SessionConfig config, Session session, Event event, Moment moment) {
    SessionMachine machine = new SessionMachine(config, moment);
    if (session.state() == BfdState.ADMIN_DOWN) {
      return stay(session);
    }
    return switch (event) {
      case PacketHeard heard -> machine.hear(session, heard.packet());
      case TimerExpired _ -> machine.expire(session);
      case ConfigChanged _ -> machine.adapt(session);
      case Shutdown _ -> machine.leave(session);
    };
  }

  // Section 6.8.6

  private Transition hear(Session before, ControlPacket packet) {
    Timing timing = packet.answer() ? before.timing().answered() : before.timing();
    Session session = before.timed(timing).heard(new Heard(packet, moment.nowNanos()));
    BfdState next = after(before.state(), packet.state());
    if (next != before.state()) {
      session = enter(session, next);
    }
    if (packet.poll() && moment.nowNanos() >= session.beat().answerNotBeforeNanos()) {
      return answer(session);
    }
    return next == before.state() ? stay(session) : sendIfAllowed(session);
  }

  /** The state machine of section 6.2, as section 6.8.6 spells it out. */
  private static BfdState after(BfdState local, BfdState received) {
    return switch (local) {
      case ADMIN_DOWN -> local;
      case DOWN ->
          switch (received) {
            case ADMIN_DOWN, UP -> local;
            case DOWN -> BfdState.INIT;
            case INIT -> BfdState.UP;
          };
      case INIT ->
          switch (received) {
            case ADMIN_DOWN -> BfdState.DOWN;
            case DOWN -> local;
            case INIT, UP -> BfdState.UP;
          };
      case UP ->
          switch (received) {
            case ADMIN_DOWN, DOWN -> BfdState.DOWN;
            case INIT, UP -> local;
          };
    };
  }

  private Session enter(Session session, BfdState next) {
    return switch (next) {
      case UP -> session.entering(next, BfdDiagnostic.NONE, offer(session, Intervals.fast(config)));
      case DOWN -> fall(session, BfdDiagnostic.NEIGHBOR_SIGNALED_DOWN);
      case INIT, ADMIN_DOWN -> session.entering(next, session.diagnostic(), session.timing());
    };
  }

  private Session fall(Session session, BfdDiagnostic because) {
    return session.entering(BfdState.DOWN, because, Timing.settled(Intervals.slow(config)));
  }

  // Sections 6.8.4 and 6.8.7

  private Transition expire(Session session) {
    if (moment.nowNanos() >= Intervals.detectionDeadlineNanos(session)) {
      Session alone = session.heard((Heard) null);
      return session.state() == BfdState.DOWN
          ? sendIfDue(alone)
          : sendIfAllowed(fall(alone, BfdDiagnostic.DETECTION_TIME_EXPIRED));
    }
    return sendIfDue(session);
  }

  // Section 6.8.3

  private Transition adapt(Session session) {
    Offer next = session.up() ? Intervals.fast(config) : Intervals.slow(config);
    if (next.equals(session.timing().offered())) {
      return stay(session);
    }
    return session.up()
        ? sendIfAllowed(session.timed(session.timing().offering(next)))
        : stay(session.timed(Timing.settled(next)));
  }

  private static Timing offer(Session session, Offer next) {
    Timing timing = session.timing();
    return next.equals(timing.offered()) ? timing : timing.offering(next);
  }

  // Section 6.8.16

  private Transition leave(Session session) {
    Timing slow = Timing.settled(Intervals.slow(config));
    return sendIfAllowed(session.entering(BfdState.ADMIN_DOWN, BfdDiagnostic.ADMIN_DOWN, slow));
  }

  // Packets

  private static Transition stay(Session session) {
    return new Transition(session, List.of());
  }

  private Transition answer(Session session) {
    long gapNanos =
        Math.min(
            ANSWER_GAP_NANOS,
            TimeUnit.MICROSECONDS.toNanos(session.timing().offered().minTxMicros()));
    Beat beat = session.beat();
    Beat next = new Beat(beat.sentNanos(), beat.gap(), moment.nowNanos() + gapNanos);
    return new Transition(session.beating(next), List.of(packet(session, false, true)));
  }

  private Transition sendIfDue(Session session) {
    return moment.nowNanos() >= Intervals.transmitDeadlineNanos(config, session)
        ? sendIfAllowed(session)
        : stay(session);
  }

  private Transition sendIfAllowed(Session session) {
    if (!Intervals.mayTransmit(config, session)) {
      return stay(session);
    }
    Beat next =
        new Beat(
            moment.nowNanos(),
            Intervals.gap(config, moment.chance()),
            session.beat().answerNotBeforeNanos());
    return new Transition(
        session.beating(next), List.of(packet(session, session.timing().polling(), false)));
  }

  private ControlPacket packet(Session session, boolean poll, boolean answer) {
    return new ControlPacket(
        session.state(),
        session.diagnostic(),
        poll,
        answer,
        false,
        config.multiplier(),
        session.discriminator(),
        session.heard() == null ? 0 : session.heard().packet().myDiscriminator(),
        session.timing().offered().minTxMicros(),
        session.timing().offered().minRxMicros());
  }
}
