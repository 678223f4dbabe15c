package io.keepstream.health.edge;

import io.keepstream.health.port.Attempt;
import io.keepstream.health.protocol.Finding;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An attempt that keeps its own time limits, one after the other, and ends exactly once. */
abstract class TimedAttempt implements Attempt {
  private final IoEventLoop loop;
  private final Consumer<CheckResult> done;
  private final long startedNanos;
  private Future<?> timer;
  private boolean over;

  TimedAttempt(IoEventLoop loop, Consumer<CheckResult> done) {
    this.loop = loop;
    this.done = done;
    this.startedNanos = loop.ticker().nanoTime();
  }

  /** Releases what the attempt uses; nothing it used may call back any more. */
  abstract void release();

  /** The time limit has passed; what has arrived by now still counts. */
  abstract void timeUp();

  /** Grants {@code nanos} from now. */
  final void limit(long nanos) {
    if (timer != null) {
      timer.cancel(false);
    }
    timer = loop.schedule(this::ring, nanos, TimeUnit.NANOSECONDS);
  }

  final boolean over() {
    return over;
  }

  final void end(Finding finding) {
    if (over) {
      return;
    }
    over = true;
    if (timer != null) {
      timer.cancel(false);
    }
    release();
    CheckResult result = finding.after(loop.ticker().nanoTime() - startedNanos);
    loop.execute(() -> done.accept(result));
  }

  @Override
  public final void abandon() {
    end(Finding.fail(FailureReason.RESPONSE_TIMEOUT, "given up", ""));
  }

  private void ring() {
    if (!over) {
      timeUp();
    }
  }
}
