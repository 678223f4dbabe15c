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
   * @param wantsMaster whether the timer has fired since the last advert that was not discarded; it
   *     is the sync group that keeps this router from being MASTER
   */
  record Backup(
      long masterAdverIntervalNanos,
      long masterDownDeadlineNanos,
      Heard heard,
      Heard lower,
      long preemptNotBeforeNanos,
      boolean graceGranted,
      boolean wantsMaster)
      implements State {

    /** A backup whose timer has not fired. */
    Backup(
        long masterAdverIntervalNanos,
        long masterDownDeadlineNanos,
        Heard heard,
        Heard lower,
        long preemptNotBeforeNanos,
        boolean graceGranted) {
      this(
          masterAdverIntervalNanos,
          masterDownDeadlineNanos,
          heard,
          lower,
          preemptNotBeforeNanos,
          graceGranted,
          false);
    }

    /** A backup that has heard nothing yet. */
    static Backup listening(long masterAdverIntervalNanos, long masterDownDeadlineNanos) {
      return new Backup(
          masterAdverIntervalNanos, masterDownDeadlineNanos, null, null, NEVER, false);
    }

    /** The same with another Active_Down_Timer. */
    Backup withDeadline(long deadlineNanos) {
      return with(deadlineNanos, graceGranted, wantsMaster);
    }

    /** The same with a late timer forgiven. */
    Backup granted(long deadlineNanos) {
      return with(deadlineNanos, true, wantsMaster);
    }

    /** The same, ready to be MASTER; looks again at {@code deadlineNanos}. */
    Backup wanting(long deadlineNanos) {
      return with(deadlineNanos, graceGranted, true);
    }

    private Backup with(long deadlineNanos, boolean granted, boolean wants) {
      return new Backup(
          masterAdverIntervalNanos,
          deadlineNanos,
          heard,
          lower,
          preemptNotBeforeNanos,
          granted,
          wants);
    }

    /** The last advert of a MASTER that has not resigned, whatever became of it; or null. */
    Heard master() {
      Heard last = lower == null ? heard : lower;
      return last == null || last.priority() == 0 ? null : last;
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
   * @param unopposed whether we became MASTER without a word of any other, by silence or by owning
   *     the addresses, so that there may be another one out of earshot
   * @param rival another owner of the addresses, or null; only an owner has one
   */
  record Master(long adverDeadlineNanos, long assertNotBeforeNanos, boolean unopposed, Rival rival)
      implements State {

    /** A MASTER that has taken over from somebody, and has no rival. */
    public Master(long adverDeadlineNanos, long assertNotBeforeNanos) {
      this(adverDeadlineNanos, assertNotBeforeNanos, false, null);
    }

    /** The same with other times. */
    Master due(long adverDeadlineNanos, long assertNotBeforeNanos) {
      return new Master(adverDeadlineNanos, assertNotBeforeNanos, unopposed, rival);
    }

    /** The same with this rival. */
    Master facing(Rival rival) {
      return new Master(adverDeadlineNanos, assertNotBeforeNanos, unopposed, rival);
    }

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
   * Another owner of the same addresses, as an owner sees it.
   *
   * @param sender its source address, which is below ours
   * @param yieldNanos when we yield if it is still heard
   * @param heardNanos when it was heard last
   */
  record Rival(InetAddress sender, long yieldNanos, long heardNanos) {}

  /**
   * An advert as remembered.
   *
   * @param sender its source address
   * @param priority its priority
   * @param atNanos when it was heard
   */
  record Heard(InetAddress sender, int priority, long atNanos) {}
}
