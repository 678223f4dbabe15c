package io.keepstream.health.edge;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.CheckConfig;
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

  /** The verdict carries over if the same command is to be run under other rules. */
  @Override
  public void change(TrackerConfig wanted) {
    if (wanted.equals(config)) {
      return;
    }
    TrackerConfig before = config;
    config = wanted;
    stop();
    if (wanted instanceof Checked(var now)
        && before instanceof Checked(var was)
        && now.target().equals(was.target())) {
      start(now, Standing.of(check.standing().verdict()));
    } else {
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
        start(wanted, Standing.of(Verdict.presumed(initFail)));
      }
    }
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
