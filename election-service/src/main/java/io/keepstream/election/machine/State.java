package io.keepstream.election.machine;

import io.keepstream.contract.event.VrrpState;
import java.net.InetAddress;

/** Where a virtual router stands, each state with only what it needs. */
public sealed interface State {
  /** The deadline that means none. */
  long NEVER = Long.MAX_VALUE;

  /** When the machine wants {@link Event.TimerExpired} next. */
  default long deadlineNanos() {
    return NEVER;
  }

  /** The state's public name. */
  VrrpState name();

  /** Not taking part yet. */
  record Init() implements State {
    @Override
    public VrrpState name() {
      return VrrpState.INIT;
    }
  }

  /** Not able to take part; the reasons are in {@link Parameters#faults()}. */
  record Fault() implements State {
    @Override
    public VrrpState name() {
      return VrrpState.FAULT;
    }
  }

  /**
   * Listening (RFC 9568 section 6.4.2).
   *
   * @param masterAdverIntervalNanos Active_Adver_Interval, learnt from the MASTER in version 3
   * @param masterDownDeadlineNanos when Active_Down_Timer fires
   * @param heard the last advert that was not discarded, or null
   * @param lower the last advert discarded for its lower priority, or null
   * @param preemptNotBeforeNanos the end of preempt_delay; {@link #NEVER} while it does not run
   * @param graceGranted whether a late timer has already been forgiven since the last advert
   */
  record Backup(
      long masterAdverIntervalNanos,
      long masterDownDeadlineNanos,
      Heard heard,
      Heard lower,
      long preemptNotBeforeNanos,
      boolean graceGranted)
      implements State {

    /** A backup that has heard nothing yet. */
    static Backup listening(long masterAdverIntervalNanos, long masterDownDeadlineNanos) {
      return new Backup(
          masterAdverIntervalNanos, masterDownDeadlineNanos, null, null, NEVER, false);
    }

    Backup withDeadline(long deadlineNanos) {
      return new Backup(
          masterAdverIntervalNanos, deadlineNanos, heard, lower, preemptNotBeforeNanos, false);
    }

    @Override
    public long deadlineNanos() {
      return masterDownDeadlineNanos;
    }

    @Override
    public VrrpState name() {
      return VrrpState.BACKUP;
    }
  }

  /**
   * Owning the addresses (RFC 9568 section 6.4.3).
   *
   * @param adverDeadlineNanos when the next advert is due
   * @param assertNotBeforeNanos until when further lower priority adverts go unanswered, so that a
   *     peer that cannot hear us is answered once per interval
   */
  record Master(long adverDeadlineNanos, long assertNotBeforeNanos) implements State {
    @Override
    public long deadlineNanos() {
      return adverDeadlineNanos;
    }

    @Override
    public VrrpState name() {
      return VrrpState.MASTER;
    }
  }

  /** Ended; nothing happens any more. */
  record Stop(boolean deleted) implements State {
    @Override
    public VrrpState name() {
      return deleted ? VrrpState.DELETED : VrrpState.STOP;
    }
  }

  /**
   * An advert as remembered.
   *
   * @param sender its source address
   * @param priority its priority
   * @param atNanos when it was heard
   */
  record Heard(InetAddress sender, int priority, long atNanos) {}
}
