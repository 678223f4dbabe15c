package io.keepstream.election.machine;

import static io.keepstream.contract.event.TransitionCause.Reason.FAULT;
import static io.keepstream.contract.event.TransitionCause.Reason.MASTER_RESIGNED;
import static io.keepstream.contract.event.TransitionCause.Reason.MASTER_SILENT;
import static io.keepstream.contract.event.TransitionCause.Reason.PREEMPTED_LOWER_PRIORITY;
import static io.keepstream.contract.event.TransitionCause.Reason.SHUTDOWN;
import static io.keepstream.election.machine.MatrixRow.CHANGED;
import static io.keepstream.election.machine.MatrixRow.CONFIG;
import static io.keepstream.election.machine.MatrixRow.DELAYED;
import static io.keepstream.election.machine.MatrixRow.DOWN;
import static io.keepstream.election.machine.MatrixRow.HIGHER;
import static io.keepstream.election.machine.MatrixRow.LOWER;
import static io.keepstream.election.machine.MatrixRow.NEVER;
import static io.keepstream.election.machine.MatrixRow.NOPREEMPT;
import static io.keepstream.election.machine.MatrixRow.P;
import static io.keepstream.election.machine.MatrixRow.SECOND;
import static io.keepstream.election.machine.MatrixRow.SKEW;
import static io.keepstream.election.machine.MatrixRow.T;
import static io.keepstream.election.machine.MatrixRow.TIMER;
import static io.keepstream.election.machine.MatrixRow.US;
import static io.keepstream.election.machine.MatrixRow.VERSION_3;
import static io.keepstream.election.machine.MatrixRow.advert;
import static io.keepstream.election.machine.MatrixRow.heard;
import static io.keepstream.election.machine.MatrixRow.listening;
import static io.keepstream.election.machine.MatrixRow.parameters;
import static io.keepstream.election.machine.MatrixRow.row;

import io.keepstream.contract.event.Priority;
import io.keepstream.election.machine.Effect.Advertise;
import io.keepstream.election.machine.Effect.Announce;
import io.keepstream.election.machine.Effect.ClaimAddresses;
import io.keepstream.election.machine.Effect.Occasion;
import io.keepstream.election.machine.Effect.ReportStall;
import io.keepstream.election.machine.Event.AdvertHeard;
import io.keepstream.election.machine.Event.Shutdown;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Fault;
import io.keepstream.election.machine.State.Heard;
import io.keepstream.election.machine.State.Master;
import io.keepstream.election.machine.State.Stop;
import java.util.List;

/** What happens in BACKUP, RFC 9568 section 6.4.2. */
final class BackupRows {
  private BackupRows() {}

  static List<MatrixRow> backup() {
    Backup state = listening(T + 500_000_000L);
    Parameters v3 = parameters(VERSION_3);
    Parameters faulty =
        new Parameters(CONFIG, Priority.of(100), US, List.of("script chk is down"), List.of());
    Parameters stronger = new Parameters(CONFIG, Priority.of(150), US, List.of(), List.of());
    return List.of(
        row(
            "6.4.2 priority zero sets Skew_Time",
            P,
            listening(T + DOWN),
            advert(0, HIGHER),
            new Backup(SECOND, T + SKEW, new Heard(HIGHER, 0, T), null, NEVER, false),
            null),
        row(
            "6.4.2 priority zero never lengthens the wait",
            P,
            state,
            advert(0, HIGHER),
            new Backup(SECOND, T + 500_000_000L, new Heard(HIGHER, 0, T), null, NEVER, false),
            null),
        row(
            "6.4.2 priority zero counts with preemption off too",
            parameters(NOPREEMPT),
            listening(T + DOWN),
            advert(0, LOWER),
            new Backup(SECOND, T + SKEW, new Heard(LOWER, 0, T), null, NEVER, false),
            null),
        row(
            "6.4.2 higher priority re-arms Master_Down_Timer",
            P,
            state,
            advert(200, LOWER),
            heard(200, LOWER),
            null),
        row(
            "6.4.2 equal priority re-arms Master_Down_Timer whatever the address",
            P,
            state,
            advert(100, LOWER),
            heard(100, LOWER),
            null),
        row(
            "6.4.2 version 3 learns the MASTER's interval",
            v3,
            state,
            new AdvertHeard(HIGHER, 200, 500_000_000L),
            new Backup(
                500_000_000L,
                T + 1_500_000_000L + 304_687_500L,
                new Heard(HIGHER, 200, T),
                null,
                NEVER,
                false),
            null),
        row(
            "a fault while BACKUP: FAULT without a packet",
            faulty,
            state,
            CHANGED,
            new Fault(),
            FAULT),
        row(
            "a rise of priority shortens the wait by the difference of Master_Down_Intervals",
            stronger,
            state,
            CHANGED,
            listening(T + 500_000_000L - 195_312_500L),
            null),
        row(
            "6.4.2 shutdown sends nothing",
            P,
            state,
            new Shutdown(false),
            new Stop(false),
            SHUTDOWN));
  }

  static List<MatrixRow> preemption() {
    Backup state = listening(T + 500_000_000L);
    Parameters delayed = parameters(DELAYED);
    Backup running =
        new Backup(SECOND, T + SECOND, new Heard(LOWER, 50, T - SECOND), null, T + SECOND, false);
    Backup elapsed =
        new Backup(SECOND, T + SECOND, new Heard(LOWER, 50, T - SECOND), null, T, false);
    return List.of(
        row(
            "6.4.2 lower priority is discarded, the timer runs on",
            P,
            state,
            advert(50, HIGHER),
            new Backup(SECOND, T + 500_000_000L, null, new Heard(HIGHER, 50, T), T, false),
            null),
        row(
            "6.4.2 with preemption off a lower priority re-arms the timer",
            parameters(NOPREEMPT),
            state,
            advert(50, HIGHER),
            heard(50, HIGHER),
            null),
        row(
            "the first lower priority advert starts preempt_delay and is accepted",
            delayed,
            state,
            advert(50, LOWER),
            new Backup(SECOND, T + DOWN, new Heard(LOWER, 50, T), null, T + 4 * SECOND, false),
            null),
        row(
            "while preempt_delay runs lower priority adverts are accepted",
            delayed,
            running,
            advert(50, LOWER),
            new Backup(SECOND, T + DOWN, new Heard(LOWER, 50, T), null, T + SECOND, false),
            null),
        row(
            "after preempt_delay lower priority adverts are discarded",
            delayed,
            elapsed,
            advert(50, LOWER),
            new Backup(
                SECOND,
                T + SECOND,
                new Heard(LOWER, 50, T - SECOND),
                new Heard(LOWER, 50, T),
                T,
                false),
            null),
        row(
            "a higher priority advert cancels preempt_delay",
            delayed,
            running,
            advert(200, LOWER),
            heard(200, LOWER),
            null));
  }

  static List<MatrixRow> backupTimer() {
    Effect[] takeover = {
      new Advertise(100), new ClaimAddresses(), new Announce(Occasion.BECAME_MASTER)
    };
    Master master = new Master(T + SECOND, T);
    Master unopposed = new Master(T + SECOND, T, true, null);
    Heard resigned = new Heard(HIGHER, 0, T - SKEW);
    Heard weaker = new Heard(LOWER, 50, T - SECOND);
    return List.of(
        row(
            "6.4.2 Master_Down_Timer fires: advertise, claim, announce, MASTER",
            P,
            listening(T),
            TIMER,
            unopposed,
            MASTER_SILENT,
            takeover),
        row("an early expiry does nothing", P, listening(T + 1), TIMER, listening(T + 1), null),
        row(
            "the cause of a takeover is the MASTER's resignation",
            P,
            new Backup(SECOND, T, resigned, null, NEVER, false),
            TIMER,
            master,
            MASTER_RESIGNED,
            takeover),
        row(
            "the cause of a takeover is preemption when a lower priority was heard",
            P,
            new Backup(SECOND, T, null, weaker, T, false),
            TIMER,
            master,
            PREEMPTED_LOWER_PRIORITY,
            takeover),
        row(
            "a timer late by an interval is believed",
            P,
            listening(T - SECOND),
            TIMER,
            unopposed,
            MASTER_SILENT,
            takeover),
        row(
            "a timer later than an interval grants one fresh interval and Skew_Time",
            P,
            listening(T - SECOND - 1),
            TIMER,
            new Backup(SECOND, T + SECOND + SKEW, null, null, NEVER, true),
            null,
            new ReportStall(SECOND + 1)),
        row(
            "a second late timer without an advert between is believed",
            P,
            new Backup(SECOND, T - 9 * SECOND, null, null, NEVER, true),
            TIMER,
            unopposed,
            MASTER_SILENT,
            takeover),
        row(
            "an advert after the grace makes the next late timer forgivable again",
            P,
            new Backup(SECOND, T + SECOND, null, null, NEVER, true),
            advert(200, LOWER),
            heard(200, LOWER),
            null));
  }
}
