package io.keepstream.election.machine;

import static io.keepstream.contract.event.TransitionCause.Reason.ADDRESS_OWNER;
import static io.keepstream.contract.event.TransitionCause.Reason.FAULT;
import static io.keepstream.contract.event.TransitionCause.Reason.FAULTS_CLEARED;
import static io.keepstream.contract.event.TransitionCause.Reason.SHUTDOWN;
import static io.keepstream.contract.event.TransitionCause.Reason.STARTED;
import static io.keepstream.election.machine.MatrixRow.CHANGED;
import static io.keepstream.election.machine.MatrixRow.CONFIG;
import static io.keepstream.election.machine.MatrixRow.DOWN;
import static io.keepstream.election.machine.MatrixRow.HIGHER;
import static io.keepstream.election.machine.MatrixRow.OWNER;
import static io.keepstream.election.machine.MatrixRow.P;
import static io.keepstream.election.machine.MatrixRow.SECOND;
import static io.keepstream.election.machine.MatrixRow.T;
import static io.keepstream.election.machine.MatrixRow.TIMER;
import static io.keepstream.election.machine.MatrixRow.US;
import static io.keepstream.election.machine.MatrixRow.advert;
import static io.keepstream.election.machine.MatrixRow.listening;
import static io.keepstream.election.machine.MatrixRow.parameters;
import static io.keepstream.election.machine.MatrixRow.row;

import io.keepstream.contract.event.Priority;
import io.keepstream.election.machine.Effect.Advertise;
import io.keepstream.election.machine.Effect.Announce;
import io.keepstream.election.machine.Effect.ClaimAddresses;
import io.keepstream.election.machine.Effect.Occasion;
import io.keepstream.election.machine.Event.Shutdown;
import io.keepstream.election.machine.State.Fault;
import io.keepstream.election.machine.State.Init;
import io.keepstream.election.machine.State.Master;
import io.keepstream.election.machine.State.Stop;
import java.util.List;

/** What happens in INIT, FAULT and STOP. */
final class AsideRows {
  private AsideRows() {}

  static List<MatrixRow> init() {
    Parameters waiting =
        new Parameters(CONFIG, Priority.of(100), US, List.of(), List.of("script chk"));
    Parameters faulty =
        new Parameters(
            CONFIG, Priority.of(100), null, List.of("interface eth0 is down"), List.of());
    Parameters faultyAndWaiting =
        new Parameters(
            CONFIG,
            Priority.of(100),
            null,
            List.of("interface eth0 is down"),
            List.of("script chk"));
    Parameters owner = parameters(OWNER);
    return List.of(
        row(
            "6.4.1 start with priority 255: advertise, claim, announce, MASTER at once",
            owner,
            new Init(),
            CHANGED,
            new Master(T + SECOND, T, true, null),
            ADDRESS_OWNER,
            new Advertise(255),
            new ClaimAddresses(),
            new Announce(Occasion.BECAME_MASTER)),
        row(
            "6.4.1 start with priority below 255: BACKUP for Master_Down_Interval",
            P,
            new Init(),
            CHANGED,
            listening(T + DOWN),
            STARTED),
        row(
            "INIT lasts while first tracker results or a start delay are awaited",
            waiting,
            new Init(),
            CHANGED,
            new Init(),
            null),
        row(
            "start with a failed interface: FAULT",
            faulty,
            new Init(),
            CHANGED,
            new Fault(),
            FAULT),
        row(
            "start with a failed interface while first tracker results are awaited: FAULT",
            faultyAndWaiting,
            new Init(),
            CHANGED,
            new Fault(),
            FAULT),
        row("adverts are ignored in INIT", P, new Init(), advert(200, HIGHER), new Init(), null),
        row("a timer means nothing in INIT", P, new Init(), TIMER, new Init(), null),
        row(
            "adverts are ignored in FAULT",
            faulty,
            new Fault(),
            advert(0, HIGHER),
            new Fault(),
            null),
        row("a timer means nothing in FAULT", faulty, new Fault(), TIMER, new Fault(), null),
        row("shutdown in INIT ends", P, new Init(), new Shutdown(false), new Stop(false), SHUTDOWN),
        row(
            "shutdown in FAULT ends without a packet",
            faulty,
            new Fault(),
            new Shutdown(false),
            new Stop(false),
            SHUTDOWN),
        row(
            "one fault of several clears: still FAULT",
            faulty,
            new Fault(),
            CHANGED,
            new Fault(),
            null),
        row(
            "the last fault clears: BACKUP for Master_Down_Interval",
            P,
            new Fault(),
            CHANGED,
            listening(T + DOWN),
            FAULTS_CLEARED),
        row(
            "the last fault of an owner clears: it listens one interval and Skew_Time",
            owner,
            new Fault(),
            CHANGED,
            listening(T + SECOND + 3_906_250L),
            FAULTS_CLEARED));
  }

  static List<MatrixRow> stop() {
    return List.of(
        row(
            "nothing happens after the end: advert",
            P,
            new Stop(false),
            advert(0, HIGHER),
            new Stop(false),
            null),
        row(
            "nothing happens after the end: timer",
            P,
            new Stop(false),
            TIMER,
            new Stop(false),
            null),
        row(
            "nothing happens after the end: change",
            P,
            new Stop(false),
            CHANGED,
            new Stop(false),
            null),
        row(
            "nothing happens after the end: shutdown",
            P,
            new Stop(false),
            new Shutdown(false),
            new Stop(false),
            null));
  }
}
