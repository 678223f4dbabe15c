package io.keepstream.health.edge;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands work from one event loop to another: all that comes up in one go together, since waking a
 * loop costs more than what it is woken for. To be used on the loop that hands over.
 */
final class Handover {
  private static final Logger log = LoggerFactory.getLogger(Handover.class);

  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final EventLoop from;
  private final EventLoop to;
  private List<Runnable> waiting = new ArrayList<>();
  private long handed;
  private long handedNanos;
  private volatile long taken;
  private volatile long takenNanos;

  /** The same loop twice has nothing to hand over, and does at once what is to be done. */
  Handover(EventLoop from, EventLoop to) {
    this.from = from;
    this.to = to;
  }

  void execute(Runnable work) {
    if (from.equals(to)) {
      work.run();
      return;
    }
    if (waiting.isEmpty()) {
      from.execute(this::flush);
    }
    waiting.add(work);
  }

  private void flush() {
    List<Runnable> together = waiting;
    waiting = new ArrayList<>();
    if (handed == taken) {
      handedNanos = System.nanoTime();
    }
    long number = ++handed;
    to.execute(() -> take(number, together));
  }

  private void take(long number, List<Runnable> together) {
    takenNanos = System.nanoTime();
    taken = number;
    together.forEach(Handover::run);
  }

  /** Whether the other loop has not come to what it was given for some time. */
  boolean isLate() {
    return handed != taken && System.nanoTime() - Math.max(handedNanos, takenNanos) > LATE_NANOS;
  }

  /** What throws must not take the others with it. */
  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("checking goes on after a mistake of its own", e);
    }
  }
}
