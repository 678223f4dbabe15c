package io.keepstream.election.machine;

import static io.keepstream.contract.event.TransitionCause.Reason.MASTER_RESIGNED;
import static io.keepstream.contract.event.TransitionCause.Reason.MASTER_SILENT;
import static io.keepstream.contract.event.TransitionCause.Reason.PREEMPTED_LOWER_PRIORITY;
import static io.keepstream.contract.event.TransitionCause.Reason.STARTED;
import static io.keepstream.contract.event.TransitionCause.Reason.SYNC_GROUP;
import static io.keepstream.election.machine.MatrixRow.CHANGED;
import static io.keepstream.election.machine.MatrixRow.CONFIG;
import static io.keepstream.election.machine.MatrixRow.DELAYED;
import static io.keepstream.election.machine.MatrixRow.DOWN;
import static io.keepstream.election.machine.MatrixRow.HIGHER;
import static io.keepstream.election.machine.MatrixRow.LOWER;
import static io.keepstream.election.machine.MatrixRow.NEVER;
import static io.keepstream.election.machine.MatrixRow.OWNER;
import static io.keepstream.election.machine.MatrixRow.SECOND;
import static io.keepstream.election.machine.MatrixRow.SKEW;
import static io.keepstream.election.machine.MatrixRow.T;
import static io.keepstream.election.machine.MatrixRow.TIMER;
import static io.keepstream.election.machine.MatrixRow.US;
import static io.keepstream.election.machine.MatrixRow.advert;
import static io.keepstream.election.machine.MatrixRow.heard;
import static io.keepstream.election.machine.MatrixRow.listening;
import static io.keepstream.election.machine.MatrixRow.row;

import io.keepstream.contract.event.Priority;
import io.keepstream.election.machine.Effect.Advertise;
import io.keepstream.election.machine.Effect.Announce;
import io.keepstream.election.machine.Effect.ClaimAddresses;
import io.keepstream.election.machine.Effect.Occasion;
import io.keepstream.election.machine.Effect.ReleaseAddresses;
import io.keepstream.election.machine.Effect.ReportStall;
import io.keepstream.election.machine.Effect.StopAnnouncing;
import io.keepstream.election.machine.Event.GroupAgreed;
import io.keepstream.election.machine.Event.GroupGaveWay;
import io.keepstream.election.machine.Event.GroupHeardResignation;
import io.keepstream.election.machine.Event.ParametersChanged;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Fault;
import io.keepstream.election.machine.State.Heard;
import io.keepstream.election.machine.State.Init;
import io.keepstream.election.machine.State.Master;
import io.keepstream.election.machine.State.Stop;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** What a member of a sync group does. */
final class GroupRows {
  private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("10.1.0.1");
  private static final Parameters G = grouped(CONFIG);
  private static final Backup WANTS = listening(T + SECOND).wanting(T + SECOND);
  private static final Event RESIGNED = new GroupHeardResignation(ELSEWHERE);
  private static final Event GAVE_WAY = new GroupGaveWay("VI_2", false);
  private static final Event STALLED = new GroupGaveWay("VI_2", true);

  private GroupRows() {}

  static List<MatrixRow> rows() {
    return Stream.of(wanting(), together(), hints(), unmoved()).flatMap(List::stream).toList();
  }

  private static List<MatrixRow> wanting() {
    Backup keepsWanting =
        new Backup(SECOND, T + SECOND, null, new Heard(LOWER, 50, T), T, false, true);
    Parameters stronger = new Parameters(CONFIG, Priority.of(150), US, List.of(), List.of(), true);
    return List.of(
        row(
            "a member whose timer fires wants to be MASTER and is not",
            G,
            listening(T),
            TIMER,
            listening(T).wanting(T + DOWN),
            null),
        row(
            "a member that waits for its group looks again after Master_Down_Interval",
            G,
            listening(T).wanting(T),
            TIMER,
            listening(T).wanting(T + DOWN),
            null),
        row(
            "a member whose timer fires late grants the interval too",
            G,
            listening(T - SECOND - 1),
            TIMER,
            new Backup(SECOND, T + SECOND + SKEW, null, null, NEVER, true),
            null,
            new ReportStall(SECOND + 1)),
        row(
            "a higher priority ends the wish to be MASTER",
            G,
            WANTS,
            advert(200, LOWER),
            heard(200, LOWER),
            null),
        row(
            "a resignation starts the wish anew after Skew_Time",
            G,
            WANTS,
            advert(0, LOWER),
            new Backup(SECOND, T + SKEW, new Heard(LOWER, 0, T), null, NEVER, false),
            null),
        row(
            "a discarded lower priority leaves the wish",
            G,
            WANTS,
            advert(50, LOWER),
            keepsWanting,
            null),
        row(
            "a lower priority that preempt_delay accepts ends the wish",
            grouped(DELAYED),
            WANTS,
            advert(50, LOWER),
            new Backup(SECOND, T + DOWN, new Heard(LOWER, 50, T), null, T + 4 * SECOND, false),
            null),
        row(
            "a change of priority leaves the wish",
            stronger,
            WANTS,
            new ParametersChanged(G),
            listening(T).wanting(T + SECOND - 195_312_500L),
            null),
        row(
            "an owner in a group has nobody to wait for but its group",
            grouped(OWNER),
            new Init(),
            CHANGED,
            listening(T),
            STARTED));
  }

  private static List<MatrixRow> together() {
    Effect[] takeover = {
      new Advertise(100), new ClaimAddresses(), new Announce(Occasion.BECAME_MASTER)
    };
    Effect[] release = {new StopAnnouncing(), new ReleaseAddresses()};
    Master master = new Master(T + SECOND, T);
    Heard resigned = new Heard(LOWER, 0, T - SECOND);
    Heard weaker = new Heard(LOWER, 50, T - SECOND);
    return List.of(
        row(
            "all want: MASTER",
            G,
            WANTS,
            new GroupAgreed(),
            new Master(T + SECOND, T, true, null),
            MASTER_SILENT,
            takeover),
        row(
            "all want, after a resignation here",
            G,
            new Backup(SECOND, T + DOWN, resigned, null, NEVER, false, true),
            new GroupAgreed(),
            master,
            MASTER_RESIGNED,
            takeover),
        row(
            "all want, and a lower priority is MASTER here",
            G,
            new Backup(SECOND, T + DOWN, null, weaker, T, false, true),
            new GroupAgreed(),
            master,
            PREEMPTED_LOWER_PRIORITY,
            takeover),
        row(
            "another member gave way: BACKUP without a resignation",
            G,
            master,
            GAVE_WAY,
            listening(T + DOWN),
            SYNC_GROUP,
            release),
        row(
            "another member had stalled: elected again or not after Skew_Time",
            G,
            master,
            STALLED,
            listening(T + SKEW),
            SYNC_GROUP,
            release));
  }

  private static List<MatrixRow> hints() {
    return List.of(
        row(
            "a resignation elsewhere: the MASTER here is given its next advert and Skew_Time",
            G,
            following(200, HIGHER, T - 400_000_000L),
            RESIGNED,
            following(200, HIGHER, T - 400_000_000L).withDeadline(T + 600_000_000L + SKEW),
            null),
        row(
            "a resignation elsewhere: an advert that is overdue is not waited for",
            G,
            following(200, HIGHER, T - SECOND - 1),
            RESIGNED,
            following(200, HIGHER, T - SECOND - 1).withDeadline(T + SKEW),
            null),
        row(
            "a resignation from the address of our MASTER is as good as here",
            G,
            following(200, ELSEWHERE, T),
            RESIGNED,
            following(200, ELSEWHERE, T).withDeadline(T + SKEW),
            null),
        row(
            "a resignation elsewhere counts too for a MASTER of lower priority",
            G,
            new Backup(SECOND, T + DOWN, null, new Heard(LOWER, 50, T), T, false),
            RESIGNED,
            new Backup(SECOND, T + SECOND + SKEW, null, new Heard(LOWER, 50, T), T, false),
            null),
        row(
            "a resignation elsewhere never lengthens the wait",
            G,
            following(200, HIGHER, T).withDeadline(T + 1),
            RESIGNED,
            following(200, HIGHER, T).withDeadline(T + 1),
            null),
        row(
            "who has heard no MASTER takes no hint",
            G,
            listening(T + DOWN),
            RESIGNED,
            listening(T + DOWN),
            null),
        row(
            "whose MASTER has resigned already takes no hint",
            G,
            following(0, HIGHER, T),
            RESIGNED,
            following(0, HIGHER, T),
            null),
        row(
            "a hint changes nothing for a MASTER that is heard on: its advert ends the wait",
            G,
            following(200, HIGHER, T - SECOND).withDeadline(T + SKEW),
            advert(200, HIGHER),
            heard(200, HIGHER),
            null));
  }

  private static List<MatrixRow> unmoved() {
    Master master = new Master(T + SECOND, T);
    Stream<MatrixRow> taking =
        Stream.of(
            row("a BACKUP stays when another gave way", G, WANTS, GAVE_WAY, WANTS, null),
            row("a MASTER is one already", G, master, new GroupAgreed(), master, null),
            row("a MASTER takes no hint", G, master, RESIGNED, master, null));
    Stream<MatrixRow> aside =
        Stream.of(new Init(), new Fault(), new Stop(false))
            .flatMap(
                state ->
                    Stream.of(new GroupAgreed(), GAVE_WAY, RESIGNED)
                        .map(
                            event ->
                                row(
                                    "the group asks nothing of " + state + ": " + event,
                                    G,
                                    state,
                                    event,
                                    state,
                                    null)));
    return Stream.concat(taking, aside).toList();
  }

  private static Backup following(int priority, InetAddress sender, long atNanos) {
    return new Backup(SECOND, T + DOWN, new Heard(sender, priority, atNanos), null, NEVER, false);
  }

  private static Parameters grouped(VirtualRouterConfig config) {
    return new Parameters(config, Priority.of(config.priority()), US, List.of(), List.of(), true);
  }
}
