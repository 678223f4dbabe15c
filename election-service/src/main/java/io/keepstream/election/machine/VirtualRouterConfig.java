package io.keepstream.election.machine;

/**
 * What the machine must know of a {@code vrrp_instance}; set at start and by a reload.
 *
 * @param version 2 (RFC 3768) or 3 (RFC 9568)
 * @param priority the configured priority, 1-255; 255 owns the addresses
 * @param advertIntervalNanos Advertisement_Interval
 * @param preempt whether a lower priority MASTER is replaced
 * @param preemptDelayNanos how long a lower priority MASTER is tolerated first; 0 for not at all
 * @param downTimerAdverts how many missed adverts make a MASTER silent; 3 in the RFCs
 * @param lowerPrioNoAdvert true to leave a lower priority advert unanswered
 * @param higherPrioSendAdvert true to send one last advert before yielding, whatever came before
 * @param precautions against others that misbehave
 * @param earlyBeats by how many 64ths of an interval the first advert after a takeover comes early,
 *     so that hundreds of routers that take over together do not stay in step
 */
public record VirtualRouterConfig(
    int version,
    int priority,
    long advertIntervalNanos,
    boolean preempt,
    long preemptDelayNanos,
    int downTimerAdverts,
    boolean lowerPrioNoAdvert,
    boolean higherPrioSendAdvert,
    Precautions precautions,
    int earlyBeats) {
  /** With the usual precautions. */
  public VirtualRouterConfig(
      int version,
      int priority,
      long advertIntervalNanos,
      boolean preempt,
      long preemptDelayNanos,
      int downTimerAdverts,
      boolean lowerPrioNoAdvert,
      boolean higherPrioSendAdvert) {
    this(
        version,
        priority,
        advertIntervalNanos,
        preempt,
        preemptDelayNanos,
        downTimerAdverts,
        lowerPrioNoAdvert,
        higherPrioSendAdvert,
        Precautions.usual(advertIntervalNanos),
        0);
  }

  /** The priority of a router that owns the addresses (RFC 9568 section 5.2.4). */
  public static final int OWNER_PRIORITY = 255;

  /** Whether this router owns the addresses. */
  public boolean owner() {
    return priority == OWNER_PRIORITY;
  }
}
