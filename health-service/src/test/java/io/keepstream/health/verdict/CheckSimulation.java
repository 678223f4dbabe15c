package io.keepstream.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.verdict.Effect.AbandonAttempt;
import io.keepstream.health.verdict.Effect.ReportFailure;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.Effect.ReportWeight;
import io.keepstream.health.verdict.Effect.StartAttempt;
import io.keepstream.health.verdict.Event.AttemptEnded;
import io.keepstream.health.verdict.Event.Resume;
import io.keepstream.health.verdict.Event.Suspend;
import io.keepstream.health.verdict.Event.TimerExpired;
import io.keepstream.health.verdict.Schedule.Confirming;
import io.keepstream.health.verdict.State.Suspended;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One check, now and then suspended, against a target of random behaviour on a machine that
 * sometimes oversleeps, in virtual time, compared after every step with {@link NaiveOracle}.
 */
final class CheckSimulation {
  private static final long MILLI = 1_000_000L;
  private static final long NEVER = Long.MAX_VALUE;

  private final Random random;
  private final CheckRules rules;
  private final NaiveOracle oracle;
  private State state;
  private long nowNanos;
  private long oversleptNanos;

  /** Of the state before the present event. */
  private long deadlineNanos;

  /** When the running attempt will report; NEVER while a black hole swallows it. */
  private long answerNanos = NEVER;

  private CheckResult answer;
  private boolean running;
  private boolean abandoned;
  private double failureShare;
  private final List<Verdict> reported = new ArrayList<>();

  CheckSimulation(long seed) {
    random = new Random(seed);
    rules = randomRules();
    Verdict start = Verdict.presumed(rules.counting().startsFailed());
    long firstNanos = rules.schedule().firstNanos(nowNanos, random.nextDouble());
    state = Check.start(Standing.of(start), firstNanos);
    oracle = new NaiveOracle(rules, start, firstNanos);
  }

  private CheckRules randomRules() {
    long periodNanos = (1 + random.nextInt(3000)) * MILLI;
    Confirming confirming = new Confirming(randomPauseNanos(), randomPauseNanos());
    int jitterPercent = random.nextBoolean() ? 0 : random.nextInt(51);
    Counting counting =
        new Counting(1 + random.nextInt(4), 1 + random.nextInt(4), random.nextBoolean());
    return new CheckRules(
        new Schedule(
            random.nextInt(2) * 1000L * MILLI, periodNanos, periodNanos, confirming, jitterPercent),
        counting,
        (1 + random.nextInt(5000)) * MILLI,
        FailureReason.CONNECT_TIMEOUT);
  }

  private long randomPauseNanos() {
    return random.nextBoolean() ? Schedule.ON_SCHEDULE : random.nextInt(2000) * MILLI;
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      if (random.nextInt(20) == 0) {
        failureShare = random.nextInt(3) / 2.0;
      }
      step();
      assertThat(state.standing().verdict()).isEqualTo(oracle.verdict());
      assertThat(reported).isEqualTo(oracle.changes());
    }
    assertThat(oracle.attempts()).as("attempts made").isGreaterThan(steps / 8);
  }

  private void step() {
    if (state instanceof Suspended) {
      suspendedStep();
    } else if (random.nextInt(40) == 0) {
      oracle.suspended();
      apply(new Suspend());
    } else {
      wantedStep();
    }
  }

  private void suspendedStep() {
    long pauseNanos = random.nextInt(5000) * MILLI;
    if (answerNanos <= nowNanos + pauseNanos) {
      nowNanos = Math.max(nowNanos, answerNanos);
      deliver();
    } else {
      nowNanos += pauseNanos;
      double share = random.nextDouble();
      oracle.resumed(rules.schedule().resumedNanos(nowNanos, share));
      apply(new Resume(share));
    }
  }

  private void wantedStep() {
    long nextNanos = Math.min(state.deadlineNanos(), answerNanos);
    assertThat(nextNanos).as("something is due").isNotEqualTo(NEVER);
    oversleptNanos = random.nextInt(15) == 0 ? random.nextInt(20_000) * MILLI : 0;
    oversleptNanos += random.nextInt(1000);
    nowNanos = Math.max(nowNanos, nextNanos + oversleptNanos);
    boolean answered = answerNanos <= nowNanos;
    boolean expired = state.deadlineNanos() <= nowNanos;
    if (answered && (!expired || random.nextBoolean())) {
      deliver();
    } else {
      apply(new TimerExpired());
    }
  }

  private void deliver() {
    running = false;
    answerNanos = NEVER;
    oracle.ended(nowNanos);
    if (!abandoned) {
      oracle.counted(answer);
    }
    apply(new AttemptEnded(answer));
  }

  private void apply(Event event) {
    deadlineNanos = state.deadlineNanos();
    Transition transition = Check.next(rules, state, event, nowNanos, random);
    state = transition.state();
    transition.effects().forEach(this::perform);
  }

  private void perform(Effect effect) {
    switch (effect) {
      case StartAttempt ignored -> startAttempt();
      case AbandonAttempt ignored -> abandon();
      case ReportFailure failure -> assertThat(failure.result().succeeded()).isFalse();
      case ReportVerdict verdict -> {
        assertThat(verdict.attempts()).isEqualTo(oracle.lastRun());
        reported.add(verdict.verdict());
      }
      case ReportWeight weight -> throw new AssertionError("no result had a share: " + weight);
    }
  }

  private void startAttempt() {
    assertThat(running).as("an attempt runs already").isFalse();
    oracle.started(nowNanos, oversleptNanos);
    running = true;
    abandoned = false;
    answer = randomResult();
    boolean blackHole = !answer.succeeded() && random.nextInt(3) == 0;
    long limitNanos = rules.timeoutNanos();
    answerNanos = blackHole ? NEVER : nowNanos + random.nextLong(limitNanos + limitNanos / 8);
  }

  private void abandon() {
    assertThat(running).as("there is an attempt to abandon").isTrue();
    if (!(state instanceof Suspended)) {
      countSilence();
    }
    abandoned = true;
    answerNanos = nowNanos + random.nextInt(2000) * MILLI;
  }

  private void countSilence() {
    boolean late = nowNanos - deadlineNanos > Check.LATE_NANOS;
    assertThat(late && answerNanos <= nowNanos && !graceWasGranted())
        .as("an answer that lay there unread was thrown away")
        .isFalse();
    oracle.counted(CheckResult.failed(rules.onTimeout(), null, 0));
  }

  /** A second late timer is believed; the simulation may well oversleep twice. */
  private boolean graceWasGranted() {
    return oracle.sinceStartNanos(deadlineNanos) > rules.timeoutNanos();
  }

  private CheckResult randomResult() {
    if (random.nextInt(30) == 0) {
      return CheckResult.failed(FailureReason.NO_RESOURCES, null, 0);
    }
    return random.nextDouble() < failureShare
        ? CheckResult.failed(FailureReason.CONNECT_REFUSED, null, 0)
        : CheckResult.passed(0);
  }
}
