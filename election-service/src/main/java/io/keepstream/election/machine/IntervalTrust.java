package io.keepstream.election.machine;

import io.keepstream.election.machine.Event.AdvertHeard;
import java.net.InetAddress;

/**
 * Whether the interval in an advert is to be believed. A BACKUP waits for a multiple of the
 * interval it has learnt (RFC 9568 section 6.4.2), so a single forged advert of 40.95 s would keep
 * the addresses dark for two minutes. An interval longer than {@link
 * Precautions#longestIntervalNanos} is therefore believed only once the same sender has repeated it
 * in three adverts, each at least our own interval after the one before. Until then the advert
 * counts, but only for as long as one of the interval in force would.
 *
 * @param sender who has sent a doubted interval, or null
 * @param intervalNanos that interval
 * @param adverts how often it was repeated
 * @param countedNanos when it was counted last
 */
public record IntervalTrust(
    InetAddress sender, long intervalNanos, int adverts, long countedNanos) {
  /** Nobody has given reason to doubt. */
  public static final IntervalTrust NO_DOUBT = new IntervalTrust(null, 0, 0, 0);

  private static final int PROOF = 3;

  /**
   * What came of an advert.
   *
   * @param advert as the machine is to hear it
   * @param doubted whether its interval was replaced by the one in force
   * @param next what is remembered
   */
  public record Judgement(AdvertHeard advert, boolean doubted, IntervalTrust next) {}

  /**
   * Judges {@code advert}, heard at {@code nowNanos}.
   *
   * @param learntNanos the interval that was learnt before; our own if none was
   */
  public Judgement judge(
      VirtualRouterConfig config, AdvertHeard advert, long learntNanos, long nowNanos) {
    boolean teaches = config.version() == 3 && advert.priority() > 0;
    if (!teaches || advert.advertIntervalNanos() <= config.precautions().longestIntervalNanos()) {
      return new Judgement(advert, false, this);
    }
    IntervalTrust next = heard(config, advert, nowNanos);
    if (next.adverts >= PROOF) {
      return new Judgement(advert, false, next);
    }
    AdvertHeard doubted =
        new AdvertHeard(
            advert.sender(),
            advert.priority(),
            Math.max(config.advertIntervalNanos(), learntNanos));
    return new Judgement(doubted, true, next);
  }

  private IntervalTrust heard(VirtualRouterConfig config, AdvertHeard advert, long nowNanos) {
    boolean repeated =
        advert.sender().equals(sender) && advert.advertIntervalNanos() == intervalNanos;
    if (!repeated) {
      return new IntervalTrust(advert.sender(), advert.advertIntervalNanos(), 1, nowNanos);
    }
    boolean counts = adverts < PROOF && nowNanos - countedNanos >= config.advertIntervalNanos();
    return counts ? new IntervalTrust(sender, intervalNanos, adverts + 1, nowNanos) : this;
  }
}
