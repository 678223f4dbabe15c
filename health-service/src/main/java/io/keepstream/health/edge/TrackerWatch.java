package io.keepstream.health.edge;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.ScriptTracker;
import io.keepstream.health.verdict.Standing;
import io.keepstream.health.verdict.Verdict;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A tracked script with its running check. */
final class TrackerWatch implements Watch<CheckConfig> {
  private final CheckLoop loop;
  private final Consumer<Event> events;
  private ScriptTracker tracker;
  private RunningCheck check;

  TrackerWatch(TrackerRef ref, CheckConfig wanted, CheckLoop loop, Consumer<Event> events) {
    this.loop = loop;
    this.events = events;
    begin(ref, wanted);
  }

  /** Another check is wanted; the verdict carries over if it is the same command. */
  @Override
  public void change(CheckConfig wanted) {
    CheckConfig present = check.config();
    if (wanted.equals(present)) {
      return;
    }
    loop.stop(check);
    if (wanted.target().equals(present.target())) {
      start(wanted, Standing.of(check.standing().verdict()));
    } else {
      begin(tracker.tracker(), wanted);
    }
  }

  @Override
  public void stop() {
    loop.stop(check);
  }

  ServiceState.Tracker state() {
    long ageNanos = loop.nowNanos() - tracker.sinceNanos();
    return new ServiceState.Tracker(
        tracker.tracker(),
        tracker.known(),
        tracker.up(),
        TimeUnit.NANOSECONDS.toMillis(ageNanos),
        tracker.detail());
  }

  private void begin(TrackerRef ref, CheckConfig wanted) {
    boolean initFail = wanted.rules().counting().startsFailed();
    take(ScriptTracker.start(ref, initFail, loop.nowNanos()));
    start(wanted, Standing.of(Verdict.presumed(initFail)));
  }

  private void start(CheckConfig wanted, Standing standing) {
    check = loop.start(wanted, standing, this::take);
  }

  private void take(ReportVerdict verdict, long nowNanos) {
    CheckResult result = verdict.result();
    String detail = result.detail() == null ? result.reason() : result.detail();
    take(tracker.decided(!verdict.verdict().failed(), detail, nowNanos));
  }

  private void take(ScriptTracker.Step step) {
    tracker = step.next();
    if (step.event() != null) {
      events.accept(step.event());
    }
  }
}
