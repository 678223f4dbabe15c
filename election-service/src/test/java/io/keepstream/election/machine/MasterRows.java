package io.keepstream.election.machine;

import static io.keepstream.contract.event.TransitionCause.Reason.FAULT;
import static io.keepstream.contract.event.TransitionCause.Reason.HIGHER_PRIORITY_HEARD;
import static io.keepstream.contract.event.TransitionCause.Reason.RELOADED;
import static io.keepstream.contract.event.TransitionCause.Reason.SHUTDOWN;
import static io.keepstream.contract.event.TransitionCause.Reason.STALLED;
import static io.keepstream.election.machine.MatrixRow.CHANGED;
import static io.keepstream.election.machine.MatrixRow.CONFIG;
import static io.keepstream.election.machine.MatrixRow.HIGHER;
import static io.keepstream.election.machine.MatrixRow.LAST_WORD;
import static io.keepstream.election.machine.MatrixRow.LOWER;
import static io.keepstream.election.machine.MatrixRow.NOPREEMPT;
import static io.keepstream.election.machine.MatrixRow.P;
import static io.keepstream.election.machine.MatrixRow.QUIET;
import static io.keepstream.election.machine.MatrixRow.SECOND;
import static io.keepstream.election.machine.MatrixRow.SKEW;
import static io.keepstream.election.machine.MatrixRow.T;
import static io.keepstream.election.machine.MatrixRow.TIMER;
import static io.keepstream.election.machine.MatrixRow.US;
import static io.keepstream.election.machine.MatrixRow.advert;
import static io.keepstream.election.machine.MatrixRow.heard;
import static io.keepstream.election.machine.MatrixRow.listening;
import static io.keepstream.election.machine.MatrixRow.parameters;
import static io.keepstream.election.machine.MatrixRow.row;

import io.keepstream.contract.event.Priority;
import io.keepstream.election.machine.Effect.Advertise;
import io.keepstream.election.machine.Effect.Announce;
import io.keepstream.election.machine.Effect.Occasion;
import io.keepstream.election.machine.Effect.ReleaseAddresses;
import io.keepstream.election.machine.Effect.ReportLowerPriority;
import io.keepstream.election.machine.Effect.ReportOwnAddressHeard;
import io.keepstream.election.machine.Effect.ReportStall;
import io.keepstream.election.machine.Effect.StopAnnouncing;
import io.keepstream.election.machine.Event.Shutdown;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Fault;
import io.keepstream.election.machine.State.Heard;
import io.keepstream.election.machine.State.Master;
import io.keepstream.election.machine.State.Stop;
import java.util.List;

/** What happens in MASTER, RFC 9568 section 6.4.3. */
final class MasterRows {
  private MasterRows() {}

  static List<MatrixRow> master() {
    Master state = new Master(T + 400_000_000L, T);
    Parameters faulty =
        new Parameters(CONFIG, Priority.of(100), US, List.of("interface eth0 is down"), List.of());
    Parameters weaker = new Parameters(CONFIG, Priority.of(50), US, List.of(), List.of());
    Effect announce = new Announce(Occasion.LOWER_PRIORITY_HEARD);
    return List.of(
        row(
            "6.4.3 Adver_Timer fires: advertise, next one interval after it was due",
            P,
            new Master(T - 1000, T),
            TIMER,
            new Master(T - 1000 + SECOND, T),
            null,
            new Advertise(100)),
        row(
            "a late advert does not move the beat",
            P,
            new Master(T - SECOND + 1, T),
            TIMER,
            new Master(T + 1, T),
            null,
            new Advertise(100)),
        row(
            "beats that were missed are left out, so that the next one is an interval away at most",
            P,
            new Master(T - 2 * SECOND, T),
            TIMER,
            new Master(T + SECOND, T),
            null,
            new Advertise(100)),
        row("an early expiry sends nothing", P, state, TIMER, state, null),
        row(
            "6.4.3 priority zero: advertise at once",
            P,
            state,
            advert(0, HIGHER),
            new Master(T + SECOND, T),
            null,
            new Advertise(100)),
        row(
            "6.4.3 higher priority: BACKUP, addresses released",
            P,
            state,
            advert(101, LOWER),
            heard(101, LOWER),
            HIGHER_PRIORITY_HEARD,
            new StopAnnouncing(),
            new ReleaseAddresses()),
        row(
            "6.4.3 equal priority from a higher address: BACKUP",
            P,
            state,
            advert(100, HIGHER),
            heard(100, HIGHER),
            HIGHER_PRIORITY_HEARD,
            new StopAnnouncing(),
            new ReleaseAddresses()),
        row(
            "higher_prio_send_advert: one last advert before yielding",
            parameters(LAST_WORD),
            state,
            advert(200, LOWER),
            heard(200, LOWER),
            HIGHER_PRIORITY_HEARD,
            new Advertise(100),
            new StopAnnouncing(),
            new ReleaseAddresses()),
        row(
            "6.4.3 lower priority: advertise at once, announce again",
            P,
            state,
            advert(99, HIGHER),
            new Master(T + SECOND, T + SECOND),
            null,
            new Advertise(100),
            announce,
            new ReportLowerPriority(HIGHER, 99)),
        row(
            "6.4.3 equal priority from a lower address counts as lower",
            P,
            state,
            advert(100, LOWER),
            new Master(T + SECOND, T + SECOND),
            null,
            new Advertise(100),
            announce,
            new ReportLowerPriority(LOWER, 100)),
        row(
            "a lower priority is answered once per interval",
            P,
            new Master(T + 400_000_000L, T + 1),
            advert(99, HIGHER),
            new Master(T + 400_000_000L, T + 1),
            null,
            new ReportLowerPriority(HIGHER, 99)),
        row(
            "lower_prio_no_advert leaves it unanswered but announces",
            parameters(QUIET),
            state,
            advert(99, HIGHER),
            new Master(T + 400_000_000L, T + SECOND),
            null,
            announce,
            new ReportLowerPriority(HIGHER, 99)),
        row(
            "equal priority from our own address is reported, nothing else",
            P,
            state,
            advert(100, US),
            state,
            null,
            new ReportOwnAddressHeard(US)),
        row(
            "a fall of priority waits for the next regular advert",
            weaker,
            state,
            CHANGED,
            state,
            null),
        row(
            "a changed configuration is advertised at once",
            parameters(NOPREEMPT),
            state,
            CHANGED,
            new Master(T + SECOND, T),
            null,
            new Advertise(100)),
        row(
            "a fault: resign once, release, FAULT",
            faulty,
            state,
            CHANGED,
            new Fault(),
            FAULT,
            new Advertise(0),
            new StopAnnouncing(),
            new ReleaseAddresses()),
        row(
            "6.4.3 shutdown: priority zero before the addresses go",
            P,
            state,
            new Shutdown(false),
            new Stop(false),
            SHUTDOWN,
            new Advertise(0),
            new StopAnnouncing(),
            new ReleaseAddresses()),
        row(
            "the configuration drops the router: as a shutdown, but DELETED",
            P,
            state,
            new Shutdown(true),
            new Stop(true),
            RELOADED,
            new Advertise(0),
            new StopAnnouncing(),
            new ReleaseAddresses()));
  }

  static List<MatrixRow> lastWord() {
    Master unopposed = new Master(T + 400_000_000L, T, true, null);
    VirtualRouterConfig silent =
        new VirtualRouterConfig(
            2, 100, SECOND, true, 0, 3, false, false, new Precautions(false, false, SECOND), 0);
    return List.of(
        row(
            "a MASTER that took over from silence yields with a last word: the winner may not know",
            P,
            unopposed,
            advert(200, LOWER),
            heard(200, LOWER),
            HIGHER_PRIORITY_HEARD,
            new Advertise(100),
            new StopAnnouncing(),
            new ReleaseAddresses()),
        row(
            "higher_prio_send_advert off: not even then",
            parameters(silent),
            unopposed,
            advert(200, LOWER),
            heard(200, LOWER),
            HIGHER_PRIORITY_HEARD,
            new StopAnnouncing(),
            new ReleaseAddresses()));
  }

  static List<MatrixRow> stall() {
    long late = 2 * SECOND + SKEW;
    Master overslept = new Master(T - late - 1, T - late);
    Effect[] release = {new ReportStall(late + 1), new StopAnnouncing(), new ReleaseAddresses()};
    Parameters nopreempt = parameters(NOPREEMPT);
    return List.of(
        row(
            "a MASTER late by less than its peers wait advertises",
            P,
            new Master(T - late, T - late),
            TIMER,
            new Master(T - late + 3 * SECOND, T - late),
            null,
            new Advertise(100)),
        row(
            "a MASTER that overslept does not advertise: it is elected again",
            P,
            overslept,
            TIMER,
            listening(T + SKEW),
            STALLED,
            release),
        row(
            "a MASTER that overslept and finds a lower priority waits Skew_Time",
            P,
            overslept,
            advert(50, LOWER),
            new Backup(SECOND, T + SKEW, null, new Heard(LOWER, 50, T), T, false),
            STALLED,
            release),
        row(
            "a MASTER that overslept without preemption stays BACKUP of who it finds",
            nopreempt,
            new Master(T - 2 * SECOND - 1, 0),
            advert(50, LOWER),
            heard(50, LOWER),
            STALLED,
            new ReportStall(2 * SECOND + 1),
            new StopAnnouncing(),
            new ReleaseAddresses()),
        row(
            "a MASTER that overslept may still leave politely",
            P,
            overslept,
            new Shutdown(false),
            new Stop(false),
            SHUTDOWN,
            new Advertise(0),
            new StopAnnouncing(),
            new ReleaseAddresses()));
  }
}
