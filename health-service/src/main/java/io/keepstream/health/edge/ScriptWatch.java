package io.keepstream.health.edge;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.TrackerConfig;
import io.keepstream.health.config.TrackerConfig.Checked;
import io.keepstream.health.config.TrackerConfig.LeftOut;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.Standing;
import io.keepstream.health.verdict.Verdict;

/** A tracked script with its running check. */
final class ScriptWatch implements TrackerWatch<TrackerConfig> {
  private final CheckLoop loop;
  private final TrackerReport report;
  private TrackerConfig config;

  /** Null while the tracker is left out. */
  private RunningCheck check;

  ScriptWatch(TrackerConfig config, CheckLoop loop, TrackerReport report) {
    this.loop = loop;
    this.report = report;
    this.config = config;
    begin();
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
      report.forget();
      begin();
    }
  }

  @Override
  public void stop() {
    if (check != null) {
      loop.stop(check);
    }
  }

  @Override
  public ServiceState.Tracker state() {
    return report.state();
  }

  private void begin() {
    check = null;
    switch (config) {
      case LeftOut(var reason) -> report.decided(true, null, reason);
      case Checked(var wanted) -> {
        boolean initFail = wanted.rules().counting().startsFailed();
        if (initFail) {
          report.decided(false, null, "init_fail");
        }
        check = loop.start(wanted, Standing.of(Verdict.presumed(initFail)), this::take);
      }
    }
  }

  private void take(RunningCheck decided, ReportVerdict verdict, long nowNanos) {
    CheckResult result = verdict.result();
    String detail = result.detail() == null ? result.reason() : result.detail();
    report.decided(!verdict.verdict().failed(), null, detail);
  }
}
