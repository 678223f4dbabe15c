package io.keepstream.health.verdict;

import io.keepstream.health.verdict.Effect.AbandonAttempt;
import io.keepstream.health.verdict.Effect.ReportFailure;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.Effect.ReportWeight;
import io.keepstream.health.verdict.Effect.StartAttempt;
import io.keepstream.health.verdict.Event.AttemptEnded;
import io.keepstream.health.verdict.Event.Resume;
import io.keepstream.health.verdict.Event.Suspend;
import io.keepstream.health.verdict.Event.TimerExpired;
import io.keepstream.health.verdict.State.Attempting;
import io.keepstream.health.verdict.State.Ending;
import io.keepstream.health.verdict.State.Suspended;
import io.keepstream.health.verdict.State.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The transition function of a check, the same for every kind of checker. */
public final class Check {
  /** A timer later than this does not prove silence: the answer may lie there unread. */
  static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** What an attempt is granted once when its timer came late, so that answers are read first. */
  static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Check() {}

  /** A check whose first attempt is due at {@code dueNanos}. */
  public static State start(Standing standing, long dueNanos) {
    return new Waiting(standing, dueNanos, dueNanos);
  }

  /**
   * What becomes of {@code state} when {@code event} happens at {@code nowNanos}.
   *
   * @param random of which jitter is made
   */
  public static Transition next(
      CheckRules rules, State state, Event event, long nowNanos, RandomGenerator random) {
    return switch (event) {
      case TimerExpired ignored ->
          nowNanos < state.deadlineNanos() ? Transition.to(state) : expire(rules, state, nowNanos);
      case AttemptEnded(var result) -> end(rules, state, result, nowNanos, random);
      case Suspend ignored -> suspend(state, nowNanos);
      case Resume(var share) -> resume(rules.schedule(), state, nowNanos, share);
    };
  }

  private static Transition expire(CheckRules rules, State state, long nowNanos) {
    return switch (state) {
      case Waiting waiting -> attempt(rules, waiting, nowNanos);
      case Attempting attempting -> timeOut(rules, attempting, nowNanos);
      case Ending ending -> Transition.to(ending);
      case Suspended suspended -> Transition.to(suspended);
    };
  }

  private static Transition end(
      CheckRules rules, State state, CheckResult result, long nowNanos, RandomGenerator random) {
    return switch (state) {
      case Waiting waiting -> Transition.to(waiting);
      case Attempting(var standing, var slotNanos, _, _, _) -> {
        Standing after = standing.after(result, rules.counting());
        yield new Transition(
            await(rules.schedule(), slotNanos, after, nowNanos, random),
            reports(standing, after, result));
      }
      case Ending(var standing, var slotNanos) ->
          Transition.to(await(rules.schedule(), slotNanos, standing, nowNanos, random));
      case Suspended(var standing, var sinceNanos, _) ->
          Transition.to(new Suspended(standing, sinceNanos, false));
    };
  }

  /** The verdict stands; what contradicted it will not be in a row with what comes later. */
  private static Transition suspend(State state, long nowNanos) {
    Standing standing = Standing.of(state.standing().verdict());
    return switch (state) {
      case Waiting ignored -> Transition.to(new Suspended(standing, nowNanos, false));
      case Attempting ignored ->
          Transition.to(new Suspended(standing, nowNanos, true), new AbandonAttempt());
      case Ending ignored -> Transition.to(new Suspended(standing, nowNanos, true));
      case Suspended suspended -> Transition.to(suspended);
    };
  }

  private static Transition resume(Schedule schedule, State state, long nowNanos, double share) {
    if (!(state instanceof Suspended(var standing, _, var ending))) {
      return Transition.to(state);
    }
    long dueNanos = schedule.resumedNanos(nowNanos, share);
    return Transition.to(
        ending
            ? new Ending(standing, dueNanos - schedule.periodNanos())
            : new Waiting(standing, dueNanos, dueNanos));
  }

  private static Transition attempt(CheckRules rules, Waiting waiting, long nowNanos) {
    long deadlineNanos = nowNanos + rules.timeoutNanos();
    return Transition.to(
        new Attempting(waiting.standing(), waiting.slotNanos(), nowNanos, deadlineNanos, false),
        new StartAttempt());
  }

  private static Transition timeOut(CheckRules rules, Attempting attempting, long nowNanos) {
    if (nowNanos - attempting.deadlineNanos() > LATE_NANOS && !attempting.graceGranted()) {
      return Transition.to(
          new Attempting(
              attempting.standing(),
              attempting.slotNanos(),
              attempting.startedNanos(),
              nowNanos + GRACE_NANOS,
              true));
    }
    long tookNanos = nowNanos - attempting.startedNanos();
    String detail =
        "not done within " + TimeUnit.NANOSECONDS.toMillis(rules.timeoutNanos()) + " ms";
    CheckResult result = CheckResult.failed(rules.onTimeout(), detail, tookNanos);
    Standing standing = attempting.standing().after(result, rules.counting());
    List<Effect> effects = new ArrayList<>(List.of(new AbandonAttempt()));
    effects.addAll(reports(attempting.standing(), standing, result));
    return new Transition(new Ending(standing, attempting.slotNanos()), effects);
  }

  private static List<Effect> reports(Standing before, Standing after, CheckResult result) {
    List<Effect> effects = new ArrayList<>();
    if (!result.succeeded()) {
      effects.add(new ReportFailure(result));
    }
    // A server that comes up has its weight already.
    if (result.succeeded() && result.weightShare() != null) {
      effects.add(new ReportWeight(result));
    }
    if (before.verdict() != after.verdict()) {
      effects.add(new ReportVerdict(after.verdict(), result, before.against() + 1));
    }
    return effects;
  }

  private static Waiting await(
      Schedule schedule, long slotNanos, Standing standing, long nowNanos, RandomGenerator random) {
    long pauseNanos = schedule.pauseNanos(standing);
    if (pauseNanos != Schedule.ON_SCHEDULE) {
      return new Waiting(standing, slotNanos, nowNanos + pauseNanos);
    }
    long nextNanos = schedule.nextNanos(slotNanos, nowNanos);
    return new Waiting(standing, nextNanos, schedule.dueNanos(nextNanos, random));
  }
}
