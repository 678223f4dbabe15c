package io.keepstream.notifier.delivery;

import java.util.ArrayList;
import java.util.List;

/**
 * The whole of one delivery.
 *
 * @param open whether the sink has been opened
 * @param queue what is to be sent, oldest first; while sending, the head is what is being sent
 * @param phase what is being done
 * @param health whether the sink works
 * @param delivered messages the sink has taken
 */
public record State<M>(boolean open, List<M> queue, Phase phase, Health health, long delivered) {
  public State {
    queue = List.copyOf(queue);
  }

  /** A sink that was never opened. */
  public static <M> State<M> fresh(long nowNanos) {
    return new State<>(false, List.of(), new Phase.Idle(), Health.workingSince(nowNanos), 0);
  }

  /** When the timer has to come, or {@link Long#MAX_VALUE}. */
  public long deadlineNanos() {
    return phase.deadlineNanos();
  }

  State<M> withOpen(boolean isOpen) {
    return new State<>(isOpen, queue, phase, health, delivered);
  }

  State<M> withPhase(Phase next) {
    return new State<>(open, queue, next, health, delivered);
  }

  State<M> plus(M message) {
    List<M> longer = new ArrayList<>(queue);
    longer.add(message);
    return new State<>(open, longer, phase, health, delivered);
  }

  State<M> deliveredHead() {
    return new State<>(open, queue.subList(1, queue.size()), phase, health, delivered + 1);
  }

  State<M> losing(int index, String why, long nowNanos) {
    List<M> shorter = new ArrayList<>(queue);
    shorter.remove(index);
    return new State<>(open, shorter, phase, health.failing(why, 1, nowNanos), delivered);
  }

  State<M> failing(String why, long nowNanos) {
    return new State<>(open, queue, phase, health.failing(why, 0, nowNanos), delivered);
  }

  State<M> working(long nowNanos) {
    Health now = health.working() ? health : Health.workingSince(nowNanos);
    return new State<>(open, queue, phase, now, delivered);
  }
}
