package io.keepstream.health.edge;

import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.verdict.Check;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.Effect;
import io.keepstream.health.verdict.Effect.AbandonAttempt;
import io.keepstream.health.verdict.Effect.ReportFailure;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.Effect.ReportWeight;
import io.keepstream.health.verdict.Effect.StartAttempt;
import io.keepstream.health.verdict.Event;
import io.keepstream.health.verdict.Event.AttemptEnded;
import io.keepstream.health.verdict.Event.TimerExpired;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Standing;
import io.keepstream.health.verdict.State;
import io.keepstream.health.verdict.Transition;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Runs any number of checks on one event loop with one timer. To be used on that loop only. */
final class CheckLoop {
  /** After so many due checks the loop gets to read answers before it goes on. */
  private static final int BATCH = 256;

  private static final Logger log = LoggerFactory.getLogger(CheckLoop.class);

  private final EventLoop loop;
  private final Checkers checkers;
  private final RandomGenerator random;
  private final Ticker clock = Ticker.systemTicker();
  private final DeadlineQueue<RunningCheck> due = new DeadlineQueue<>();
  private long armedNanos = State.NEVER;
  private Future<?> timer;
  private int attempts;
  private Runnable whenIdle = () -> {};

  CheckLoop(EventLoop loop, Checkers checkers, RandomGenerator random) {
    this.loop = loop;
    this.checkers = checkers;
    this.random = random;
  }

  /** Monotonic time as the checks see it. */
  long nowNanos() {
    return clock.nanoTime();
  }

  /** Watches {@code config} from now on, beginning with {@code standing}. */
  RunningCheck start(CheckConfig config, Standing standing, Verdicts verdicts) {
    RunningCheck check =
        new RunningCheck(
            config,
            checkers.prepare(config.target()),
            verdicts,
            Check.start(standing, firstNanos(config)));
    schedule(check);
    return check;
  }

  /**
   * Goes over to other rules for the same target. The verdict stays; the schedule begins anew, but
   * an attempt that runs is awaited first.
   */
  void change(RunningCheck check, CheckConfig config) {
    check.config = config;
    if (check.state instanceof State.Waiting waiting) {
      check.state = Check.start(waiting.standing(), firstNanos(config));
      schedule(check);
    }
  }

  private long firstNanos(CheckConfig config) {
    return config.rules().schedule().firstNanos(nowNanos(), random);
  }

  private void schedule(RunningCheck check) {
    due.put(check, check.state.deadlineNanos());
    arm();
  }

  /** Watches no longer, at once; an attempt that runs is abandoned. */
  void stop(RunningCheck check) {
    check.stopped = true;
    due.remove(check);
    check.abandon();
    check.probe.close();
  }

  /**
   * Tells {@code then} once no attempt runs any more. To be called after all checks were stopped.
   */
  void whenIdle(Runnable then) {
    whenIdle = then;
    tellIfIdle();
  }

  private void tellIfIdle() {
    if (attempts == 0) {
      whenIdle.run();
    }
  }

  private void arm() {
    long nextNanos = due.earliestNanos();
    if (nextNanos >= armedNanos) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    armedNanos = nextNanos;
    long delayNanos = Math.max(0, nextNanos - nowNanos());
    timer = loop.schedule(this::fire, delayNanos, TimeUnit.NANOSECONDS);
  }

  private void fire() {
    armedNanos = State.NEVER;
    try {
      for (int i = 0; i < BATCH; i++) {
        RunningCheck check = due.pollDue(nowNanos());
        if (check == null) {
          return;
        }
        step(check, new TimerExpired());
      }
    } catch (RuntimeException e) {
      log.error("a due check could not be handled", e);
    } finally {
      arm();
    }
  }

  private void ended(RunningCheck check, CheckResult result) {
    attempts--;
    check.ended();
    if (check.stopped) {
      tellIfIdle();
    } else {
      step(check, new AttemptEnded(result));
      arm();
    }
  }

  private void step(RunningCheck check, Event event) {
    long nowNanos = nowNanos();
    Transition transition = Check.next(check.config.rules(), check.state, event, nowNanos);
    check.state = transition.state();
    due.put(check, check.state.deadlineNanos());
    for (Effect effect : transition.effects()) {
      perform(check, effect, nowNanos);
    }
  }

  private void perform(RunningCheck check, Effect effect, long nowNanos) {
    switch (effect) {
      case StartAttempt ignored -> startAttempt(check);
      case AbandonAttempt ignored -> check.abandon();
      case ReportFailure failure -> logFailure(check.config, failure.result());
      case ReportVerdict verdict -> check.verdicts.reached(check, verdict, nowNanos);
      case ReportWeight weight -> check.verdicts.weighed(check, weight.result());
    }
  }

  /** The one place where attempts begin. */
  private void startAttempt(RunningCheck check) {
    attempts++;
    try {
      check.began(
          check.probe.start(check.config.rules().timeoutNanos(), result -> ended(check, result)));
    } catch (RuntimeException e) {
      log.error("{} could not be attempted", check.config.target().label(), e);
      CheckResult result = CheckResult.failed(FailureReason.NO_RESOURCES, e.toString(), 0);
      loop.execute(() -> ended(check, result));
    }
  }

  private static void logFailure(CheckConfig config, CheckResult result) {
    log.atLevel(config.logAllFailures() ? Level.INFO : Level.DEBUG)
        .log(
            "{} failed: {}{}",
            config.target().label(),
            result.reason(),
            result.detail() == null ? "" : " " + result.detail());
  }
}
