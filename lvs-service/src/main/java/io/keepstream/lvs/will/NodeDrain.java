package io.keepstream.lvs.will;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NodeDrainEvent.NodeDrainEnded;
import io.keepstream.contract.event.NodeDrainEvent.NodeDrainProgress;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OperatorEvent.DrainStarted;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A node of which all real servers are drained, also those that come to it later. Each of them has
 * its own {@link Drain}; here is what they are together.
 *
 * @param untilEmpty whether each leaves the table when no connection is left
 * @param deadlineNanos when all leave the table whatever is left; {@link Drain#NEVER} for never
 * @param told how many connections they had when they were told last; empty before all were read
 * @param ended whether the last one has left the table
 */
public record NodeDrain(
    Stamp stamp, boolean untilEmpty, long deadlineNanos, Optional<Long> told, boolean ended) {

  /** What follows, and what is to be told of it. */
  record Step(NodeDrain drain, List<Event> events) {}

  /** What the real servers of a node are together. */
  record Sum(int left, boolean settled, OpenConnections open, OpenConnections cut) {

    /** All are drained; what was cut for another reason than that the node is does not count. */
    static Sum of(Collection<Drain> drains) {
      int left = 0;
      boolean settled = true;
      OpenConnections open = OpenConnections.NONE;
      OpenConnections cut = OpenConnections.NONE;
      for (Drain each : drains) {
        switch (each.progress()) {
          case Drain.Waiting waiting -> {
            left++;
            settled &= waiting.settled();
            open = open.plus(waiting.open());
          }
          case Drain.Out out -> cut = each.ofNode() ? cut.plus(out.open()) : cut;
        }
      }
      return new Sum(left, settled, open, cut);
    }
  }

  /** One that begins. */
  static NodeDrain begin(Stamp stamp, boolean untilEmpty, long deadlineNanos) {
    return new NodeDrain(stamp, untilEmpty, deadlineNanos, Optional.empty(), false);
  }

  /** The drain of one of its real servers, which begins. */
  Drain of(Optional<OpenConnections> open) {
    return new Drain(stamp, untilEmpty, deadlineNanos, Drain.begin(open), true);
  }

  /** The drain of one that was drained with the node before, on other terms. */
  Drain of(Drain before) {
    return new Drain(stamp, untilEmpty, deadlineNanos, before.progress(), true);
  }

  /** What is told of the drain of one of its real servers. */
  DrainStarted started(BackendRef backend, Optional<OpenConnections> open, long nowNanos) {
    return new DrainStarted(
        backend,
        stamp.owner(),
        stamp.reason().orElse(null),
        untilEmpty,
        Drain.millisUntil(deadlineNanos, nowNanos),
        open.orElse(null));
  }

  /** Takes what has become of its real servers. */
  Step next(Sum now, long nowNanos) {
    long heldMillis = stamp.ageMillis(nowNanos);
    if (now.left() == 0) {
      return ended
          ? new Step(this, List.of())
          : to(told, true, List.of(new NodeDrainEnded(now.cut(), heldMillis)));
    }
    if (!now.settled()) {
      return to(told, false, List.of());
    }
    long total = now.open().total();
    boolean news = told.isPresent() && total < told.get() && total <= told.get() / 2;
    return news
        ? to(
            Optional.of(total),
            false,
            List.of(new NodeDrainProgress(now.open(), now.left(), heldMillis)))
        : to(told.or(() -> Optional.of(total)), false, List.of());
  }

  private Step to(Optional<Long> nowTold, boolean nowEnded, List<Event> events) {
    return new Step(new NodeDrain(stamp, untilEmpty, deadlineNanos, nowTold, nowEnded), events);
  }
}
