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
import io.keepstream.health.verdict.Event.Resume;
import io.keepstream.health.verdict.Event.Suspend;
import io.keepstream.health.verdict.Event.TimerExpired;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Spread;
import io.keepstream.health.verdict.Standing;
import io.keepstream.health.verdict.State;
import io.keepstream.health.verdict.Transition;
import io.keepstream.health.verdict.Verdict;
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

  /** What is due within so long is started together: most of what a check costs is waking up. */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Until it is looked again whether somebody listens for an answer. */
  private static final long UNHEARD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final Logger log = LoggerFactory.getLogger(CheckLoop.class);

  private final EventLoop loop;
  private final Checkers checkers;
  private final RandomGenerator random;
  private final Spread spread;
  private final Admission<RunningCheck> admission;
  private final CheckMeters meters;
  private final Ticker clock = Ticker.systemTicker();
  private final DeadlineQueue<RunningCheck> due = new DeadlineQueue<>();
  private long armedNanos = State.NEVER;
  private long notBeforeNanos = Long.MIN_VALUE;
  private Future<?> timer;
  private Runnable whenIdle = () -> {};

  CheckLoop(
      EventLoop loop,
      Checkers checkers,
      RandomGenerator random,
      Admission<RunningCheck> admission,
      CheckMeters meters) {
    this.loop = loop;
    this.checkers = checkers;
    this.random = random;
    this.spread = new Spread(random);
    this.admission = admission;
    this.meters = meters;
  }

  /** Monotonic time as the checks see it. */
  long nowNanos() {
    return clock.nanoTime();
  }

  /** Watches {@code config} from now on, beginning with {@code standing}. */
  RunningCheck start(CheckConfig config, Standing standing, Verdicts listener) {
    RunningCheck check =
        new RunningCheck(
            config,
            checkers.prepare(config.target()),
            listener,
            Check.start(standing, firstNanos(config)),
            nowNanos());
    meters.entered(check.verdict());
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
      admission.forget(check);
      check.state = Check.start(waiting.standing(), firstNanos(config));
      schedule(check);
    }
  }

  /** Makes no attempts until {@link #resume}; one that runs is abandoned. */
  void suspend(RunningCheck check) {
    admission.forget(check);
    step(check, new Suspend());
  }

  /** Goes on, where it was suspended, with the verdict that stood. */
  void resume(RunningCheck check) {
    step(check, new Resume(spread.next()));
    arm();
  }

  private long firstNanos(CheckConfig config) {
    return config.rules().schedule().firstNanos(nowNanos(), spread.next());
  }

  private void schedule(RunningCheck check) {
    due.put(check, check.state.deadlineNanos());
    arm();
  }

  /** Watches no longer, at once; an attempt that runs is abandoned. */
  void stop(RunningCheck check) {
    check.stopped = true;
    due.remove(check);
    admission.forget(check);
    meters.left(check.verdict());
    check.abandon();
    check.probe.close();
  }

  /**
   * Tells {@code then} once no attempt that asks runs any more. To be called after all checks were
   * stopped.
   */
  void whenIdle(Runnable then) {
    whenIdle = then;
    tellIfIdle();
  }

  private void tellIfIdle() {
    if (admission.isIdle()) {
      whenIdle.run();
    }
  }

  private void arm() {
    long nextNanos = due.earliestNanos();
    if (nextNanos == State.NEVER) {
      return;
    }
    long atNanos = Math.max(nextNanos, notBeforeNanos);
    if (atNanos >= armedNanos) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    armedNanos = atNanos;
    long delayNanos = Math.max(0, atNanos - nowNanos());
    timer = loop.schedule(this::fire, delayNanos, TimeUnit.NANOSECONDS);
  }

  private void fire() {
    armedNanos = State.NEVER;
    notBeforeNanos = Long.MIN_VALUE;
    try {
      for (int i = 0; i < BATCH; i++) {
        RunningCheck check = due.pollDue(nowNanos());
        if (check == null) {
          notBeforeNanos = nowNanos() + TICK_NANOS;
          return;
        }
        expire(check);
      }
    } catch (RuntimeException e) {
      log.error("a due check could not be handled", e);
    } finally {
      arm();
    }
  }

  /** An attempt that asks needs a place first; its time runs from when it has got one. */
  private void expire(RunningCheck check) {
    if (check.isUnheard()) {
      due.put(check, nowNanos() + UNHEARD_NANOS);
    } else if (!(check.state instanceof State.Waiting) || !check.asks()) {
      step(check, new TimerExpired());
    } else if (admission.enter(check, check.suspect)) {
      begin(check);
    }
  }

  private void begin(RunningCheck check) {
    check.suspectPlace = check.suspect;
    meters.started(nowNanos() - check.state.deadlineNanos());
    step(check, new TimerExpired());
  }

  private void ended(RunningCheck check, CheckResult result) {
    check.ended();
    if (check.asks()) {
      admission.leave(check.suspectPlace);
      tellIfIdle();
    }
    if (!check.stopped) {
      if (result.succeeded() && check.state instanceof State.Attempting) {
        found(check, result);
      }
      step(check, new AttemptEnded(result));
    }
    for (RunningCheck next = admission.next(); next != null; next = admission.next()) {
      begin(next);
    }
    arm();
  }

  private void found(RunningCheck check, CheckResult result) {
    meters.ended(result);
    check.found(result, nowNanos());
  }

  private void step(RunningCheck check, Event event) {
    long nowNanos = nowNanos();
    Verdict before = check.verdict();
    Transition transition = Check.next(check.config.rules(), check.state, event, nowNanos, random);
    check.state = transition.state();
    if (before != check.verdict()) {
      meters.left(before);
      meters.entered(check.verdict());
    }
    due.put(check, check.state.deadlineNanos());
    for (Effect effect : transition.effects()) {
      perform(check, effect, nowNanos);
    }
  }

  private void perform(RunningCheck check, Effect effect, long nowNanos) {
    switch (effect) {
      case StartAttempt ignored -> startAttempt(check);
      case AbandonAttempt ignored -> check.abandon();
      case ReportFailure(var result) -> {
        found(check, result);
        logFailure(check.config, result);
      }
      case ReportVerdict verdict -> check.reached(verdict, nowNanos);
      case ReportWeight(var result) -> check.weighed(result);
    }
  }

  /** The one place where attempts begin. */
  private void startAttempt(RunningCheck check) {
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
