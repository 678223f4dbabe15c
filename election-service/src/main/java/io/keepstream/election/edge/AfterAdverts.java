package io.keepstream.election.edge;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Puts off what is less urgent than an advert: what was just due, and what is due in less time than
 * a takeover takes, sends first.
 */
final class AfterAdverts implements Executor {
  /** Setting and announcing an address takes about as long. */
  static final long MOMENT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** Hundreds of routers with many addresses would hold up their own next adverts. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final EventLoop loop;
  private final LongSupplier nextAdvertNanos;
  private final long momentNanos;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private long latestNanos;
  private boolean scheduled;

  /**
   * Nothing waits.
   *
   * @param nextAdvertNanos when the next router has to act, on the clock of {@link System#nanoTime}
   * @param momentNanos how long anything is put off at most
   */
  AfterAdverts(EventLoop loop, LongSupplier nextAdvertNanos, long momentNanos) {
    this.loop = loop;
    this.momentNanos = momentNanos;
    this.nextAdvertNanos = nextAdvertNanos;
  }

  @Override
  public void execute(Runnable work) {
    waiting.add(work);
    if (!scheduled) {
      scheduled = true;
      latestNanos = System.nanoTime() + momentNanos;
      loop.execute(this::work);
    }
  }

  /** Does {@code work} behind what waits, at once if nothing does. */
  void behind(Runnable work) {
    if (waiting.isEmpty()) {
      work.run();
    } else {
      waiting.add(work);
    }
  }

  /** Does at once what waits. */
  void finish() {
    while (!waiting.isEmpty()) {
      doNext();
    }
  }

  private void doNext() {
    try {
      waiting.remove().run();
    } catch (RuntimeException e) {
      ElectionEngine.LOG.error("what was to come after an advert failed", e);
    }
  }

  private void work() {
    scheduled = false;
    long nextNanos = nextAdvertNanos.getAsLong();
    long nowNanos = System.nanoTime();
    if (nextNanos < latestNanos && nowNanos < latestNanos) {
      // Behind that router's timer, which has the same time or an earlier one.
      workIn(Math.max(0, nextNanos - nowNanos) + 1);
      return;
    }
    while (!waiting.isEmpty() && System.nanoTime() - nowNanos < TURN_NANOS) {
      doNext();
    }
    if (!waiting.isEmpty() && !scheduled) {
      workIn(1);
    }
  }

  /** Timers that are due by then come first, and what has arrived is read. */
  private void workIn(long delayNanos) {
    scheduled = true;
    var _ = loop.schedule(this::work, delayNanos, TimeUnit.NANOSECONDS);
  }
}
