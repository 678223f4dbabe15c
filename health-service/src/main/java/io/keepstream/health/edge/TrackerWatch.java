package io.keepstream.health.edge;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.TrackerConfig;
import io.keepstream.health.config.TrackerConfig.Checked;
import io.keepstream.health.config.TrackerConfig.LeftOut;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.ScriptTracker;
import io.keepstream.health.verdict.Standing;
import io.keepstream.health.verdict.Verdict;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A tracked script with its running check. */
final class TrackerWatch implements Watch<TrackerConfig> {
  private final CheckLoop loop;
  private final Consumer<Event> events;
  private TrackerConfig config;
  private ScriptTracker tracker;

  /** Null while the tracker is left out. */
  private RunningCheck check;

  TrackerWatch(TrackerRef ref, TrackerConfig config, CheckLoop loop, Consumer<Event> events) {
    this.loop = loop;
    this.events = events;
    this.config = config;
    begin(ref);
  }

  /** Under other rules the same command keeps its verdict; another one is another tracker. */
  @Override
  public void change(TrackerConfig wanted) {
    if (wanted.equals(config)) {
      return;
    }
    config = wanted;
    if (wanted instanceof Checked(var next)
        && check != null
        && next.target().equals(check.config().target())) {
      loop.change(check, next);
    } else {
      stop();
      begin(tracker.tracker());
    }
  }

  @Override
  public void stop() {
    if (check != null) {
      loop.stop(check);
    }
  }

  ServiceState.Tracker state() {
    long ageNanos = loop.nowNanos() - tracker.sinceNanos();
    return new ServiceState.Tracker(
        tracker.tracker(),
        tracker.known(),
        tracker.up(),
        null,
        TimeUnit.NANOSECONDS.toMillis(ageNanos),
        tracker.detail());
  }

  private void begin(TrackerRef ref) {
    check = null;
    tracker = ScriptTracker.unknown(ref, loop.nowNanos());
    switch (config) {
      case LeftOut(var reason) -> take(tracker.decided(true, reason, loop.nowNanos()));
      case Checked(var wanted) -> {
        boolean initFail = wanted.rules().counting().startsFailed();
        if (initFail) {
          take(tracker.decided(false, "init_fail", loop.nowNanos()));
        }
        check = loop.start(wanted, Standing.of(Verdict.presumed(initFail)), this::take);
      }
    }
  }

  private void take(RunningCheck decided, ReportVerdict verdict, long nowNanos) {
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
