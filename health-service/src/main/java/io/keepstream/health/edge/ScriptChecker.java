package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.runtime.script.RunningScript;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.runtime.script.ScriptResult;
import io.keepstream.runtime.script.ScriptRunner;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Checks by running a command: status 0 is success. */
final class ScriptChecker implements Checker<Target.Script> {
  private static final int FAILED_STATUS = 1;

  /** Statuses from here on say a weight, this one 0. */
  private static final int WEIGHT_STATUS = 2;

  private final ScriptRunner runner;
  private final Executor loop;

  ScriptChecker(ScriptRunner runner, Executor loop) {
    this.runner = runner;
    this.loop = loop;
  }

  @Override
  public Probe prepare(Target.Script target) {
    return prepare(target.command(), ScriptChecker::checked);
  }

  /** As well for MISC_CHECK, whose command may say a weight. */
  Probe prepare(Target.Misc target) {
    Integer configuredWeight = target.configuredWeight();
    return configuredWeight == null
        ? prepare(target.command(), ScriptChecker::checked)
        : prepare(target.command(), result -> weighed(result, configuredWeight));
  }

  private Probe prepare(ScriptCommand command, Function<ScriptResult, CheckResult> judge) {
    return (timeoutNanos, done) -> {
      RunningScript script = runner.start(command, Duration.ofNanos(timeoutNanos));
      var _ = script.result().thenAcceptAsync(result -> done.accept(judge.apply(result)), loop);
      return script::end;
    };
  }

  /** Status 0 leaves the configured weight as it is, 2 to 255 say another. */
  static CheckResult weighed(ScriptResult result, int configuredWeight) {
    boolean exited = result.outcome() == ScriptResult.Outcome.EXITED;
    int status = result.exitStatus();
    if (!exited || status == FAILED_STATUS) {
      return checked(result);
    }
    int share = status == 0 ? 0 : status - WEIGHT_STATUS - configuredWeight;
    return result(null, result).withWeightShare(share);
  }

  private static CheckResult checked(ScriptResult result) {
    return result(failure(result), result);
  }

  private static CheckResult result(FailureReason failure, ScriptResult result) {
    return new CheckResult(
        failure,
        result.describe(),
        TimeUnit.MICROSECONDS.toNanos(result.durationMicros()),
        result.output());
  }

  /** Null for success. */
  private static FailureReason failure(ScriptResult result) {
    return switch (result.outcome()) {
      case EXITED -> result.exitStatus() == 0 ? null : FailureReason.SCRIPT_EXIT;
      case TIMED_OUT -> FailureReason.SCRIPT_TIMEOUT;
      case NOT_STARTED -> FailureReason.SCRIPT_NOT_STARTED;
    };
  }
}
