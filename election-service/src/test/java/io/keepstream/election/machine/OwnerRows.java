package io.keepstream.election.machine;

import static io.keepstream.contract.event.TransitionCause.Reason.HIGHER_PRIORITY_HEARD;
import static io.keepstream.election.machine.MatrixRow.HIGHER;
import static io.keepstream.election.machine.MatrixRow.LOWER;
import static io.keepstream.election.machine.MatrixRow.NEVER;
import static io.keepstream.election.machine.MatrixRow.OWNER;
import static io.keepstream.election.machine.MatrixRow.SECOND;
import static io.keepstream.election.machine.MatrixRow.T;
import static io.keepstream.election.machine.MatrixRow.US;
import static io.keepstream.election.machine.MatrixRow.advert;
import static io.keepstream.election.machine.MatrixRow.parameters;
import static io.keepstream.election.machine.MatrixRow.row;

import io.keepstream.election.machine.Effect.Advertise;
import io.keepstream.election.machine.Effect.Announce;
import io.keepstream.election.machine.Effect.Occasion;
import io.keepstream.election.machine.Effect.ReleaseAddresses;
import io.keepstream.election.machine.Effect.ReportLowerPriority;
import io.keepstream.election.machine.Effect.ReportOwnAddressHeard;
import io.keepstream.election.machine.Effect.ReportOwnerConflict;
import io.keepstream.election.machine.Effect.StopAnnouncing;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Heard;
import io.keepstream.election.machine.State.Master;
import io.keepstream.election.machine.State.Rival;
import java.net.InetAddress;
import java.util.List;

/** What an address owner does about adverts, RFC 9568 section 6.4.3 with erratum 8298. */
final class OwnerRows {
  private static final long DUE = T + 400_000_000L;
  private static final long OWNER_DOWN = 3_003_906_250L;

  /** Two adverts of ours and 1.2 times the longer interval, here one second for both. */
  private static final long PATIENCE = 3_200_000_000L;

  private OwnerRows() {}

  static List<MatrixRow> conflict() {
    Parameters owner = parameters(OWNER);
    Effect answer = new Advertise(255);
    Effect announce = new Announce(Occasion.LOWER_PRIORITY_HEARD);
    Effect report = new ReportOwnerConflict(LOWER);
    Master alone = new Master(DUE, T, true, null);
    return List.of(
        row(
            "two owners: the lower address yields at once, with a last word",
            owner,
            alone,
            advert(255, HIGHER),
            backup(HIGHER),
            HIGHER_PRIORITY_HEARD,
            answer,
            new StopAnnouncing(),
            new ReleaseAddresses()),
        row(
            "two owners: the higher address answers and gives its rival time",
            owner,
            alone,
            advert(255, LOWER),
            new Master(T + SECOND, T + SECOND, true, new Rival(LOWER, T + PATIENCE, T)),
            null,
            answer,
            announce,
            report),
        row(
            "a rival owner is answered once per interval",
            owner,
            new Master(DUE, T + 1, true, new Rival(LOWER, T + SECOND, T - SECOND)),
            advert(255, LOWER),
            new Master(DUE, T + 1, true, new Rival(LOWER, T + SECOND, T)),
            null,
            report),
        row(
            "a rival owner that does not yield in time makes the other one yield",
            owner,
            new Master(DUE, T, true, new Rival(LOWER, T, T - SECOND)),
            advert(255, LOWER),
            backup(LOWER),
            HIGHER_PRIORITY_HEARD,
            answer,
            new StopAnnouncing(),
            new ReleaseAddresses()),
        row(
            "a rival owner that was silent for long has its time again",
            owner,
            new Master(DUE, T, true, new Rival(LOWER, T - SECOND, T - PATIENCE)),
            advert(255, LOWER),
            new Master(T + SECOND, T + SECOND, true, new Rival(LOWER, T + PATIENCE, T)),
            null,
            answer,
            announce,
            report),
        row(
            "a former rival that gave up ownership is a lower priority as any other",
            owner,
            new Master(DUE, T, true, new Rival(LOWER, T, T - SECOND)),
            advert(100, LOWER),
            new Master(T + SECOND, T + SECOND, true, new Rival(LOWER, T, T - SECOND)),
            null,
            answer,
            announce,
            new ReportLowerPriority(LOWER, 100)),
        row(
            "priority 255 from our own address is reported, nothing else",
            owner,
            alone,
            advert(255, US),
            alone,
            null,
            new ReportOwnAddressHeard(US)));
  }

  static List<MatrixRow> ignoring() {
    Parameters deaf =
        parameters(
            new VirtualRouterConfig(
                3,
                255,
                SECOND,
                true,
                0,
                3,
                false,
                false,
                new Precautions(true, true, 10 * SECOND),
                0));
    Master master = new Master(DUE, T, true, null);
    Backup listening = Backup.listening(SECOND, T + SECOND);
    return List.of(
        row(
            "owner_ignore_adverts: another owner is reported and ignored",
            deaf,
            master,
            advert(255, HIGHER),
            master,
            null,
            new ReportOwnerConflict(HIGHER)),
        row(
            "owner_ignore_adverts: a lower priority is ignored",
            deaf,
            master,
            advert(100, HIGHER),
            master,
            null),
        row(
            "owner_ignore_adverts: priority zero is ignored",
            deaf,
            master,
            advert(0, HIGHER),
            master,
            null),
        row(
            "owner_ignore_adverts: an owner in BACKUP is on its way to MASTER all the same",
            deaf,
            listening,
            advert(255, HIGHER),
            listening,
            null));
  }

  private static Backup backup(InetAddress sender) {
    return new Backup(SECOND, T + OWNER_DOWN, new Heard(sender, 255, T), null, NEVER, false);
  }
}
