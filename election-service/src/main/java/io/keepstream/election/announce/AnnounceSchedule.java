package io.keepstream.election.announce;

/**
 * Which announcements are still due. A round announces every address once; bursts that come to lie
 * on one another are merged, not added up.
 *
 * @param burstDeadlineNanos when the second burst is due; {@link #NEVER} for none
 * @param burstRounds its rounds
 * @param refreshDeadlineNanos when the next refresh is due; {@link #NEVER} for none
 */
public record AnnounceSchedule(
    long burstDeadlineNanos, int burstRounds, long refreshDeadlineNanos) {
  /** The deadline that means none. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final AnnounceSchedule IDLE = new AnnounceSchedule(NEVER, 0, NEVER);

  public AnnounceSchedule {
    burstRounds = burstDeadlineNanos == NEVER ? 0 : burstRounds;
  }

  /**
   * What to do now and later.
   *
   * @param rounds to send now
   * @param next the schedule from here on
   */
  public record Step(int rounds, AnnounceSchedule next) {}

  /** Nothing due. */
  public static AnnounceSchedule idle() {
    return IDLE;
  }

  /** The router has become MASTER. */
  public static Step becameMaster(AnnounceConfig config, long nowNanos) {
    long refreshNanos =
        config.refreshNanos() == 0
            ? NEVER
            : nowNanos + config.masterDelayNanos() + config.refreshNanos();
    return new Step(
        config.masterRepeat(),
        new AnnounceSchedule(
            after(config.masterDelayNanos(), nowNanos), config.masterRepeat(), refreshNanos));
  }

  /** A MASTER of lower priority was heard; hosts may have believed it. */
  public Step lowerPriorityHeard(AnnounceConfig config, long nowNanos) {
    return config.lowerPrioRepeat() == 0
        ? new Step(0, this)
        : burst(config.lowerPrioRepeat(), config.lowerPrioDelayNanos(), nowNanos);
  }

  /** The network is back after a while; hosts may have been told something else meanwhile. */
  public Step networkBack(AnnounceConfig config, long nowNanos) {
    return burst(config.masterRepeat(), config.masterDelayNanos(), nowNanos);
  }

  private Step burst(int rounds, long delayNanos, long nowNanos) {
    return new Step(
        rounds,
        new AnnounceSchedule(
            Math.min(burstDeadlineNanos, after(delayNanos, nowNanos)),
            Math.max(burstRounds, rounds),
            refreshDeadlineNanos));
  }

  /** The configuration has changed; a burst already due keeps its time. */
  public AnnounceSchedule reconfigured(
      AnnounceConfig previous, AnnounceConfig next, long nowNanos) {
    return next.refreshNanos() == previous.refreshNanos()
        ? this
        : new AnnounceSchedule(
            burstDeadlineNanos, burstRounds, after(next.refreshNanos(), nowNanos));
  }

  /** What is due at {@code nowNanos}. */
  public Step due(AnnounceConfig config, long nowNanos) {
    int rounds = 0;
    AnnounceSchedule next = this;
    if (nowNanos >= refreshDeadlineNanos) {
      rounds = config.refreshRepeat();
      next =
          new AnnounceSchedule(burstDeadlineNanos, burstRounds, nowNanos + config.refreshNanos());
    }
    if (nowNanos >= burstDeadlineNanos) {
      rounds = Math.max(rounds, burstRounds);
      next = new AnnounceSchedule(NEVER, 0, next.refreshDeadlineNanos());
    }
    return new Step(rounds, next);
  }

  /** When {@link #due} has something to say next. */
  public long deadlineNanos() {
    return Math.min(burstDeadlineNanos, refreshDeadlineNanos);
  }

  private static long after(long delayNanos, long nowNanos) {
    return delayNanos == 0 ? NEVER : nowNanos + delayNanos;
  }
}
