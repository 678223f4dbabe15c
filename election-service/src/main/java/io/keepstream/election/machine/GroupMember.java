package io.keepstream.election.machine;

import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.TransitionCause.Reason;
import io.keepstream.election.machine.Effect.ReleaseAddresses;
import io.keepstream.election.machine.Effect.StopAnnouncing;
import io.keepstream.election.machine.Event.GroupAgreed;
import io.keepstream.election.machine.Event.GroupGaveWay;
import io.keepstream.election.machine.Event.GroupHeardResignation;
import io.keepstream.election.machine.Event.OfGroup;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Heard;
import io.keepstream.election.machine.State.Master;

/** The part of the transition function that follows a sync group; {@link SyncGroup} says when. */
final class GroupMember {
  private GroupMember() {}

  static Transition whileBackup(
      Parameters parameters, Backup backup, OfGroup event, long nowNanos) {
    return switch (event) {
      case GroupAgreed ignored ->
          VirtualRouter.becomeMaster(
              parameters, VirtualRouter.takeoverCause(backup, nowNanos), nowNanos);
      case GroupGaveWay ignored -> Transition.stay(backup);
      case GroupHeardResignation hint -> takeHint(parameters, backup, hint, nowNanos);
    };
  }

  static Transition whileMaster(
      Parameters parameters, Master master, OfGroup event, long nowNanos) {
    return switch (event) {
      case GroupAgreed ignored -> Transition.stay(master);
      case GroupGaveWay first -> giveWay(parameters, first, nowNanos);
      case GroupHeardResignation ignored -> Transition.stay(master);
    };
  }

  /** Without a resignation: on this side the other node is heard soon, or there is none. */
  private static Transition giveWay(Parameters parameters, GroupGaveWay first, long nowNanos) {
    long intervalNanos = parameters.config().advertIntervalNanos();
    long waitNanos =
        first.stalled()
            ? Timers.skewNanos(parameters, intervalNanos)
            : Timers.masterDownNanos(parameters, intervalNanos);
    String detail = first.member() + (first.stalled() ? " had stalled" : " gave way");
    return Transition.to(
        Backup.listening(intervalNanos, nowNanos + waitNanos),
        new TransitionCause(Reason.SYNC_GROUP, null, null, detail),
        new StopAnnouncing(),
        new ReleaseAddresses());
  }

  /**
   * Shortens the wait for a MASTER that is probably gone. From the same address it is certain, as
   * if the resignation had come here. Else the MASTER here may be somebody else and well: it is
   * given until its next advert is due, and Skew_Time. So a wrong hint moves nothing unless that
   * very advert is lost, and then the first advert heard gives the MASTER its place back.
   */
  private static Transition takeHint(
      Parameters parameters, Backup backup, GroupHeardResignation hint, long nowNanos) {
    Heard master = backup.master();
    if (master == null) {
      return Transition.stay(backup);
    }
    long intervalNanos = backup.masterAdverIntervalNanos();
    long silentNanos =
        master.sender().equals(hint.sender())
            ? nowNanos
            : Math.max(nowNanos, master.atNanos() + intervalNanos);
    long deadlineNanos = silentNanos + Timers.skewNanos(parameters, intervalNanos);
    return Transition.stay(
        backup.withDeadline(Math.min(deadlineNanos, backup.masterDownDeadlineNanos())));
  }
}
