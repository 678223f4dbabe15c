package io.keepstream.election.bfd;

import io.keepstream.contract.event.BfdState;
import io.keepstream.election.bfd.Session.Offer;

/** The arithmetic of RFC 5880 sections 6.8.2 to 6.8.7. */
public final class Intervals {
  /** The deadline that means none. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final long NANOS_PER_MICRO = 1000;
  private static final double MOST_JITTER = 0.25;
  private static final double LEAST_JITTER_ALONE = 0.10;

  private Intervals() {}

  /** What a session that is not up offers: never faster than once a second. */
  static Offer slow(SessionConfig config) {
    return new Offer(Math.max(config.idleTxMicros(), config.minTxMicros()), config.minRxMicros());
  }

  /** What a session that is up offers. */
  static Offer fast(SessionConfig config) {
    return new Offer(config.minTxMicros(), config.minRxMicros());
  }

  /** The interval between our packets, before jitter. */
  public static long transmitMicros(Session session) {
    long wanted = session.timing().inForce().minTxMicros();
    return session.heard() == null
        ? wanted
        : Math.max(wanted, session.heard().packet().requiredMinRxMicros());
  }

  /** The Detection Time; 0 while the neighbour is not heard. */
  public static long detectionMicros(Session session) {
    if (session.heard() == null) {
      return 0;
    }
    ControlPacket remote = session.heard().packet();
    return remote.multiplier()
        * Math.max(session.timing().inForce().minRxMicros(), remote.desiredMinTxMicros());
  }

  /** When the machine wants {@link Event.TimerExpired} next. */
  public static long deadlineNanos(SessionConfig config, Session session) {
    return session.state() == BfdState.ADMIN_DOWN
        ? NEVER
        : Math.min(transmitDeadlineNanos(config, session), detectionDeadlineNanos(session));
  }

  static long transmitDeadlineNanos(SessionConfig config, Session session) {
    long intervalNanos = transmitMicros(session) * NANOS_PER_MICRO;
    return mayTransmit(config, session)
        ? session.beat().sentNanos() + (long) (intervalNanos * session.beat().gap())
        : NEVER;
  }

  static long detectionDeadlineNanos(Session session) {
    return session.heard() == null
        ? NEVER
        : session.heard().atNanos() + detectionMicros(session) * NANOS_PER_MICRO;
  }

  /** Whether packets are sent without being asked for (section 6.8.7). */
  static boolean mayTransmit(SessionConfig config, Session session) {
    if (session.heard() == null) {
      return !config.passive();
    }
    ControlPacket remote = session.heard().packet();
    boolean silenced =
        remote.demand()
            && session.up()
            && remote.state() == BfdState.UP
            && !session.timing().polling();
    return remote.requiredMinRxMicros() > 0 && !silenced;
  }

  /**
   * The part of an interval to wait: up to a quarter less, so that sessions do not fall into step,
   * and at least a tenth less where a single missed packet counts.
   */
  static double gap(SessionConfig config, double chance) {
    double least = config.multiplier() == 1 ? LEAST_JITTER_ALONE : 0;
    return 1 - (least + chance * (MOST_JITTER - least));
  }
}
