package io.keepstream.notifier.delivery;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Which lane is next, and when. */
final class Schedule<M> {
  /** So many failures in a row say that it is not the message. */
  private static final int TROUBLE = 3;

  /** While the sink is in trouble, the longest pause between two attempts to two lanes. */
  private static final long PACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private DeliveryConfig config;
  private final Set<Lane<M>> ready = new LinkedHashSet<>();
  private final TreeSet<Lane<M>> pausing =
      new TreeSet<>(
          Comparator.<Lane<M>>comparingLong(Lane::dueNanos).thenComparing(lane -> lane.name));
  private int failuresInRow;
  private long notBeforeNanos;

  Schedule(DeliveryConfig config) {
    this.config = config;
  }

  /** {@code now} is in force. */
  void use(DeliveryConfig now) {
    config = now;
  }

  /** It has something to send, and has not failed with it. */
  void ready(Lane<M> lane) {
    ready.add(lane);
  }

  /** It is due when its pause is over. */
  void failed(Lane<M> lane, double chance, long nowNanos) {
    failuresInRow++;
    Patience patience = config.patience();
    if (inTrouble()) {
      long pace = patience.backoffNanos(failuresInRow - TROUBLE + 1, chance);
      notBeforeNanos = Delivery.after(nowNanos, Math.min(pace, PACE_NANOS));
    }
    long pause = patience.backoffNanos(lane.failures(), chance);
    lane.pauseUntil(Delivery.after(nowNanos, pause));
    pausing.add(lane);
  }

  /** The sink took something, so whoever waited for it to come back is due. */
  void worked() {
    if (inTrouble()) {
      ready.addAll(pausing);
      pausing.clear();
    }
    answered();
  }

  /** The sink is there. */
  void answered() {
    failuresInRow = 0;
    notBeforeNanos = 0;
  }

  void forget(Lane<M> lane) {
    ready.remove(lane);
    pausing.remove(lane);
  }

  /** The lane whose head is to be sent now, which leaves the schedule. */
  Optional<Lane<M>> next(int underWay, long nowNanos) {
    if (underWay >= most() || nowNanos < notBeforeNanos) {
      return Optional.empty();
    }
    Optional<Lane<M>> next =
        ready.isEmpty()
            ? pausing.stream().findFirst().filter(lane -> lane.dueNanos() <= nowNanos)
            : ready.stream().findFirst();
    next.ifPresent(this::forget);
    return next;
  }

  /** When {@link #next} has something to say. */
  long deadlineNanos(int underWay) {
    if (underWay >= most() || (ready.isEmpty() && pausing.isEmpty())) {
      return Long.MAX_VALUE;
    }
    long due = ready.isEmpty() ? pausing.getFirst().dueNanos() : 0;
    return Math.max(due, notBeforeNanos);
  }

  private int most() {
    return inTrouble() ? 1 : config.atOnce();
  }

  private boolean inTrouble() {
    return failuresInRow >= TROUBLE;
  }
}
