package io.keepstream.election.machine;

import io.keepstream.election.machine.Effect.Advertise;
import io.keepstream.election.machine.Effect.Announce;
import io.keepstream.election.machine.Effect.Occasion;
import io.keepstream.election.machine.Effect.ReportOwnerConflict;
import io.keepstream.election.machine.Event.AdvertHeard;
import io.keepstream.election.machine.State.Master;
import io.keepstream.election.machine.State.Rival;

/**
 * What an address owner makes of adverts (RFC 9568 section 6.4.3 with erratum 8298). There should
 * be one owner; where there are two, both are MASTER by right and somebody must be wrong. The owner
 * of the lower address yields at once, as in any tie. The other one answers, and yields too if its
 * rival has not by then: after the time for two adverts of ours and a good one of the rival's.
 */
final class OwnerRules {
  private static final int OWN_ADVERTS = 2;
  private static final long PATIENCE_PERCENT = 120;

  private OwnerRules() {}

  /** Whether an owner discards all adverts, as it is configured. */
  static boolean ignores(Parameters parameters) {
    return parameters.config().owner() && parameters.config().precautions().ownerIgnoresAdverts();
  }

  /** Whether another owner speaks. */
  static boolean rivals(Parameters parameters, AdvertHeard advert) {
    return parameters.config().owner()
        && advert.priority() == VirtualRouterConfig.OWNER_PRIORITY
        && !advert.sender().equals(parameters.primaryAddress());
  }

  /** An owner that ignores adverts still says that it hears another owner. */
  static Transition ignore(Parameters parameters, Master master, AdvertHeard advert) {
    return rivals(parameters, advert)
        ? Transition.stay(master, new ReportOwnerConflict(advert.sender()))
        : Transition.stay(master);
  }

  /** Whether a rival of lower address has had its time to yield, so that we must. */
  static boolean mustYield(
      Parameters parameters, Master master, AdvertHeard advert, long nowNanos) {
    return rivals(parameters, advert)
        && nowNanos >= rival(parameters, master, advert, nowNanos).yieldNanos();
  }

  /** Answers a rival of lower address and gives it time to yield. */
  static Transition answer(
      Parameters parameters, Master master, AdvertHeard advert, long nowNanos) {
    Rival rival = rival(parameters, master, advert, nowNanos);
    ReportOwnerConflict report = new ReportOwnerConflict(advert.sender());
    if (nowNanos < master.assertNotBeforeNanos()) {
      return Transition.stay(master.facing(rival), report);
    }
    long nextNanos = nowNanos + parameters.config().advertIntervalNanos();
    return Transition.stay(
        new Master(nextNanos, nextNanos, master.unopposed(), rival),
        new Advertise(parameters.effectivePriority()),
        new Announce(Occasion.LOWER_PRIORITY_HEARD),
        report);
  }

  /** The rival as known, or a new one; one that was silent for long begins anew. */
  private static Rival rival(
      Parameters parameters, Master master, AdvertHeard advert, long nowNanos) {
    long ownNanos = parameters.config().advertIntervalNanos();
    long longerNanos = Math.max(ownNanos, advert.advertIntervalNanos());
    long patienceNanos = OWN_ADVERTS * ownNanos + longerNanos * PATIENCE_PERCENT / 100;
    Rival known = master.rival();
    boolean goesOn =
        known != null
            && known.sender().equals(advert.sender())
            && nowNanos - known.heardNanos() < patienceNanos;
    long yieldNanos = goesOn ? known.yieldNanos() : nowNanos + patienceNanos;
    return new Rival(advert.sender(), yieldNanos, nowNanos);
  }
}
