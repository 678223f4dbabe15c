package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Checks by what somebody else finds out: an attempt waits until there is something new, which may
 * take forever and costs nothing meanwhile.
 *
 * @param <T> what is looked at
 * @param <N> what is heard of it
 */
final class NewsChecker<T extends Target, N> implements Checker<T> {
  private final Executor loop;
  private final Source<T, N> source;
  private final BiFunction<T, N, CheckResult> judge;

  /** Where the news is from. */
  @FunctionalInterface
  interface Source<T, N> {
    /**
     * Tells on the loop, but not before this has returned, what is known as soon as something is,
     * and again whenever it may have changed.
     *
     * @return ends that
     */
    Runnable follow(T target, Consumer<N> told);
  }

  NewsChecker(Executor loop, Source<T, N> source, BiFunction<T, N, CheckResult> judge) {
    this.loop = loop;
    this.source = source;
    this.judge = judge;
  }

  @Override
  public Probe prepare(T target) {
    return new Waiting(target);
  }

  private final class Waiting implements Probe {
    private final T target;

    /** Null before the first. */
    private N last;

    Waiting(T target) {
      this.target = target;
    }

    @Override
    public Attempt start(long timeoutNanos, Consumer<CheckResult> done) {
      return new Wait(this, done);
    }
  }

  private final class Wait implements Attempt {
    private final Waiting probe;
    private final Consumer<CheckResult> done;
    private final Runnable forget;
    private boolean over;

    Wait(Waiting probe, Consumer<CheckResult> done) {
      this.probe = probe;
      this.done = done;
      this.forget = source.follow(probe.target, this::told);
    }

    private void told(N news) {
      if (!over && !news.equals(probe.last)) {
        probe.last = news;
        end();
        done.accept(judge.apply(probe.target, news));
      }
    }

    @Override
    public void abandon() {
      if (!over) {
        end();
        CheckResult none = CheckResult.failed(FailureReason.RESPONSE_TIMEOUT, "given up", 0);
        loop.execute(() -> done.accept(none));
      }
    }

    private void end() {
      over = true;
      forget.run();
    }
  }
}
