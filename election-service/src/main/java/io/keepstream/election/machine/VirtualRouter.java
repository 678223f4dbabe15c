package io.keepstream.election.machine;

import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.TransitionCause.Reason;
import io.keepstream.election.machine.Effect.Advertise;
import io.keepstream.election.machine.Effect.Announce;
import io.keepstream.election.machine.Effect.ClaimAddresses;
import io.keepstream.election.machine.Effect.Occasion;
import io.keepstream.election.machine.Effect.ReleaseAddresses;
import io.keepstream.election.machine.Effect.ReportStall;
import io.keepstream.election.machine.Effect.StopAnnouncing;
import io.keepstream.election.machine.Event.AdvertHeard;
import io.keepstream.election.machine.Event.OfGroup;
import io.keepstream.election.machine.Event.ParametersChanged;
import io.keepstream.election.machine.Event.Shutdown;
import io.keepstream.election.machine.Event.TimerExpired;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Fault;
import io.keepstream.election.machine.State.Heard;
import io.keepstream.election.machine.State.Init;
import io.keepstream.election.machine.State.Master;
import io.keepstream.election.machine.State.Stop;

/** The transition function of a virtual router (RFC 9568 section 6.4, RFC 3768 section 6.4). */
public final class VirtualRouter {
  private VirtualRouter() {}

  /** What becomes of {@code state} when {@code event} happens at {@code nowNanos}. */
  public static Transition next(Parameters parameters, State state, Event event, long nowNanos) {
    return switch (state) {
      case Init init -> whileAside(parameters, init, event, nowNanos);
      case Fault fault -> whileAside(parameters, fault, event, nowNanos);
      case Backup backup -> whileBackup(parameters, backup, event, nowNanos);
      case Master master -> whileMaster(parameters, master, event, nowNanos);
      case Stop stop -> Transition.stay(stop);
    };
  }

  // INIT and FAULT

  private static Transition whileAside(
      Parameters parameters, State state, Event event, long nowNanos) {
    return switch (event) {
      case AdvertHeard ignored -> Transition.stay(state);
      case TimerExpired ignored -> Transition.stay(state);
      case Shutdown shutdown -> leave(shutdown);
      case ParametersChanged ignored -> evaluate(parameters, state, nowNanos);
      case OfGroup ignored -> Transition.stay(state);
    };
  }

  private static Transition evaluate(Parameters parameters, State state, long nowNanos) {
    if (!parameters.faults().isEmpty()) {
      return state instanceof Fault
          ? Transition.stay(state)
          : Transition.to(new Fault(), faultCause(parameters));
    }
    if (!parameters.ready()) {
      return Transition.stay(state);
    }
    boolean starts = state instanceof Init;
    if (starts && parameters.config().owner() && !parameters.grouped()) {
      return becomeMaster(parameters, TransitionCause.of(Reason.ADDRESS_OWNER), nowNanos);
    }
    return Transition.to(
        Backup.listening(
            parameters.config().advertIntervalNanos(),
            nowNanos + firstWaitNanos(parameters, starts)),
        TransitionCause.of(starts ? Reason.STARTED : Reason.FAULTS_CLEARED));
  }

  /** How long a router listens at first; an owner has nobody to wait for at the start. */
  private static long firstWaitNanos(Parameters parameters, boolean starts) {
    long intervalNanos = parameters.config().advertIntervalNanos();
    if (!parameters.config().owner()) {
      return Timers.masterDownNanos(parameters, intervalNanos);
    }
    return starts ? 0 : intervalNanos + Timers.skewNanos(parameters, intervalNanos);
  }

  // BACKUP, RFC 9568 section 6.4.2

  private static Transition whileBackup(
      Parameters parameters, Backup backup, Event event, long nowNanos) {
    return switch (event) {
      case AdvertHeard advert -> hearAsBackup(parameters, backup, advert, nowNanos);
      case TimerExpired ignored -> masterDown(parameters, backup, nowNanos);
      case Shutdown shutdown -> leave(shutdown);
      case ParametersChanged change -> adapt(parameters, backup, change.previous());
      case OfGroup group -> GroupMember.whileBackup(parameters, backup, group, nowNanos);
    };
  }

  private static Transition hearAsBackup(
      Parameters parameters, Backup backup, AdvertHeard advert, long nowNanos) {
    if (OwnerRules.ignores(parameters)) {
      return Transition.stay(backup);
    }
    Heard heard = new Heard(advert.sender(), advert.priority(), nowNanos);
    long learntNanos = learnt(parameters, advert);
    if (advert.priority() == 0) {
      long deadlineNanos =
          nowNanos + Timers.skewNanos(parameters, backup.masterAdverIntervalNanos());
      return Transition.stay(
          new Backup(
              backup.masterAdverIntervalNanos(),
              Math.min(deadlineNanos, backup.masterDownDeadlineNanos()),
              heard,
              null,
              State.NEVER,
              false));
    }
    boolean lower =
        advert.priority() < parameters.effectivePriority() && parameters.config().preempt();
    long notBeforeNanos = lower ? preemptNotBefore(parameters, backup, nowNanos) : State.NEVER;
    if (lower && notBeforeNanos <= nowNanos) {
      return Transition.stay(
          new Backup(
              backup.masterAdverIntervalNanos(),
              backup.masterDownDeadlineNanos(),
              backup.heard(),
              heard,
              notBeforeNanos,
              backup.graceGranted(),
              backup.wantsMaster()));
    }
    return Transition.stay(
        new Backup(
            learntNanos,
            nowNanos + Timers.masterDownNanos(parameters, learntNanos),
            heard,
            null,
            notBeforeNanos,
            false));
  }

  /** Version 3 follows the MASTER's interval; version 2 has refused any that is not its own. */
  private static long learnt(Parameters parameters, AdvertHeard advert) {
    return parameters.config().version() == 2
        ? parameters.config().advertIntervalNanos()
        : advert.advertIntervalNanos();
  }

  /** The end of preempt_delay, which the first lower priority advert starts. */
  private static long preemptNotBefore(Parameters parameters, Backup backup, long nowNanos) {
    return backup.preemptNotBeforeNanos() == State.NEVER
        ? nowNanos + parameters.config().preemptDelayNanos()
        : backup.preemptNotBeforeNanos();
  }

  private static Transition masterDown(Parameters parameters, Backup backup, long nowNanos) {
    long lateNanos = nowNanos - backup.masterDownDeadlineNanos();
    if (lateNanos < 0) {
      return Transition.stay(backup);
    }
    long intervalNanos = backup.masterAdverIntervalNanos();
    if (lateNanos > intervalNanos && !backup.graceGranted()) {
      long deadlineNanos = nowNanos + intervalNanos + Timers.skewNanos(parameters, intervalNanos);
      return Transition.stay(backup.granted(deadlineNanos), new ReportStall(lateNanos));
    }
    if (parameters.grouped()) {
      return Transition.stay(
          backup.wanting(nowNanos + Timers.masterDownNanos(parameters, intervalNanos)));
    }
    return becomeMaster(parameters, takeoverCause(backup, nowNanos), nowNanos);
  }

  static TransitionCause takeoverCause(Backup backup, long nowNanos) {
    Heard heard = backup.heard();
    if (backup.lower() != null) {
      return cause(Reason.PREEMPTED_LOWER_PRIORITY, backup.lower(), nowNanos);
    }
    if (heard != null && heard.priority() == 0) {
      return cause(Reason.MASTER_RESIGNED, heard, nowNanos);
    }
    return cause(Reason.MASTER_SILENT, heard, nowNanos);
  }

  private static Transition adapt(Parameters parameters, Backup backup, Parameters previous) {
    if (!parameters.faults().isEmpty()) {
      return Transition.to(new Fault(), faultCause(parameters));
    }
    long intervalNanos =
        parameters.config().advertIntervalNanos() == previous.config().advertIntervalNanos()
            ? backup.masterAdverIntervalNanos()
            : parameters.config().advertIntervalNanos();
    long shiftNanos =
        Timers.masterDownNanos(parameters, intervalNanos)
            - Timers.masterDownNanos(previous, backup.masterAdverIntervalNanos());
    return Transition.stay(
        new Backup(
            intervalNanos,
            backup.masterDownDeadlineNanos() + shiftNanos,
            backup.heard(),
            backup.lower(),
            backup.preemptNotBeforeNanos(),
            backup.graceGranted(),
            backup.wantsMaster()));
  }

  // MASTER, RFC 9568 section 6.4.3

  private static Transition whileMaster(
      Parameters parameters, Master master, Event event, long nowNanos) {
    long lateNanos = nowNanos - master.adverDeadlineNanos();
    boolean listened = event instanceof AdvertHeard || event instanceof TimerExpired;
    if (listened && lateNanos > Timers.replaceableAfterNanos(parameters)) {
      Transition stalled = stall(parameters, lateNanos, nowNanos);
      return next(parameters, stalled.state(), event, nowNanos).after(stalled);
    }
    return switch (event) {
      case AdvertHeard advert -> hearAsMaster(parameters, master, advert, nowNanos);
      case TimerExpired ignored -> advertise(parameters, master, nowNanos);
      case Shutdown shutdown ->
          leave(shutdown, new Advertise(0), new StopAnnouncing(), new ReleaseAddresses());
      case ParametersChanged change -> adapt(parameters, master, change.previous(), nowNanos);
      case OfGroup group -> GroupMember.whileMaster(parameters, master, group, nowNanos);
    };
  }

  private static Transition stall(Parameters parameters, long lateNanos, long nowNanos) {
    long intervalNanos = parameters.config().advertIntervalNanos();
    return Transition.to(
        Backup.listening(intervalNanos, nowNanos + Timers.skewNanos(parameters, intervalNanos)),
        TransitionCause.of(Reason.STALLED),
        new ReportStall(lateNanos),
        new StopAnnouncing(),
        new ReleaseAddresses());
  }

  private static Transition hearAsMaster(
      Parameters parameters, Master master, AdvertHeard advert, long nowNanos) {
    long intervalNanos = parameters.config().advertIntervalNanos();
    if (OwnerRules.ignores(parameters)) {
      return OwnerRules.ignore(parameters, master, advert);
    }
    int order = Integer.compare(advert.priority(), parameters.effectivePriority());
    if (advert.priority() == 0) {
      return Transition.stay(
          master.due(nowNanos + intervalNanos, master.assertNotBeforeNanos()),
          new Advertise(parameters.effectivePriority()));
    }
    if (order == 0 && advert.sender().equals(parameters.primaryAddress())) {
      return Transition.stay(master, new Effect.ReportOwnAddressHeard(advert.sender()));
    }
    boolean outranked = order > 0 || (order == 0 && parameters.outranks(advert.sender()));
    if (outranked || OwnerRules.mustYield(parameters, master, advert, nowNanos)) {
      return giveWay(parameters, master, advert, nowNanos);
    }
    return OwnerRules.rivals(parameters, advert)
        ? OwnerRules.answer(parameters, master, advert, nowNanos)
        : answerLower(parameters, master, advert, nowNanos);
  }

  private static Transition answerLower(
      Parameters parameters, Master master, AdvertHeard advert, long nowNanos) {
    Effect report = new Effect.ReportLowerPriority(advert.sender(), advert.priority());
    if (nowNanos < master.assertNotBeforeNanos()) {
      return Transition.stay(master, report);
    }
    long nextNanos = nowNanos + parameters.config().advertIntervalNanos();
    Effect announce = new Announce(Occasion.LOWER_PRIORITY_HEARD);
    return parameters.config().lowerPrioNoAdvert()
        ? Transition.stay(master.due(master.adverDeadlineNanos(), nextNanos), announce, report)
        : Transition.stay(
            master.due(nextNanos, nextNanos),
            new Advertise(parameters.effectivePriority()),
            announce,
            report);
  }

  private static Transition giveWay(
      Parameters parameters, Master master, AdvertHeard advert, long nowNanos) {
    long learntNanos = learnt(parameters, advert);
    Heard heard = new Heard(advert.sender(), advert.priority(), nowNanos);
    Transition backup =
        Transition.to(
            new Backup(
                learntNanos,
                nowNanos + Timers.masterDownNanos(parameters, learntNanos),
                heard,
                null,
                State.NEVER,
                false),
            cause(Reason.HIGHER_PRIORITY_HEARD, heard, nowNanos),
            new StopAnnouncing(),
            new ReleaseAddresses());
    return hasLastWord(parameters.config(), master)
        ? backup.after(
            Transition.stay(backup.state(), new Advertise(parameters.effectivePriority())))
        : backup;
  }

  /**
   * Whether the winner should hear of us. It cannot know that hosts believed us if it was MASTER
   * all the time, on the other side of a partition; a partition begins with silence.
   */
  private static boolean hasLastWord(VirtualRouterConfig config, Master master) {
    return config.higherPrioSendAdvert() || (config.precautions().lastWord() && master.unopposed());
  }

  private static Transition advertise(Parameters parameters, Master master, long nowNanos) {
    if (nowNanos < master.adverDeadlineNanos()) {
      return Transition.stay(master);
    }
    long intervalNanos = parameters.config().advertIntervalNanos();
    return Transition.stay(
        master.due(
            Timers.nextAdvertNanos(master.adverDeadlineNanos(), intervalNanos, nowNanos),
            master.assertNotBeforeNanos()),
        new Advertise(parameters.effectivePriority()));
  }

  private static Transition adapt(
      Parameters parameters, Master master, Parameters previous, long nowNanos) {
    if (!parameters.faults().isEmpty()) {
      return Transition.to(
          new Fault(),
          faultCause(parameters),
          new Advertise(0),
          new StopAnnouncing(),
          new ReleaseAddresses());
    }
    if (parameters.config().equals(previous.config())) {
      return Transition.stay(master);
    }
    return Transition.stay(
        master.due(
            Timers.firstAdvertNanos(parameters.config(), nowNanos), master.assertNotBeforeNanos()),
        new Advertise(parameters.effectivePriority()));
  }

  static Transition becomeMaster(Parameters parameters, TransitionCause cause, long nowNanos) {
    boolean unopposed =
        cause.reason() == Reason.MASTER_SILENT || cause.reason() == Reason.ADDRESS_OWNER;
    return Transition.to(
        new Master(
            Timers.firstAdvertNanos(parameters.config(), nowNanos), nowNanos, unopposed, null),
        cause,
        new Advertise(parameters.effectivePriority()),
        new ClaimAddresses(),
        new Announce(Occasion.BECAME_MASTER));
  }

  private static Transition leave(Shutdown shutdown, Effect... effects) {
    Reason reason = shutdown.deleted() ? Reason.RELOADED : Reason.SHUTDOWN;
    return Transition.to(new Stop(shutdown.deleted()), TransitionCause.of(reason), effects);
  }

  private static TransitionCause faultCause(Parameters parameters) {
    return new TransitionCause(Reason.FAULT, null, parameters.faults(), null);
  }

  private static TransitionCause cause(Reason reason, Heard heard, long nowNanos) {
    return heard == null
        ? TransitionCause.of(reason)
        : new TransitionCause(
            reason,
            new TransitionCause.AdvertEvidence(
                heard.sender().getHostAddress(),
                heard.priority(),
                (nowNanos - heard.atNanos()) / 1_000_000),
            null,
            null);
  }
}
