package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.runtime.script.RunningScript;
import io.keepstream.runtime.script.ScriptResult;
import io.keepstream.runtime.script.ScriptRunner;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Checks by running a command: status 0 is success. */
final class ScriptChecker implements Checker<Target.Script> {
  private final ScriptRunner runner;
  private final Executor loop;

  ScriptChecker(ScriptRunner runner, Executor loop) {
    this.runner = runner;
    this.loop = loop;
  }

  @Override
  public Probe prepare(Target.Script target) {
    return (timeoutNanos, done) -> {
      RunningScript script = runner.start(target.command(), Duration.ofNanos(timeoutNanos));
      var _ = script.result().thenAcceptAsync(result -> done.accept(checked(result)), loop);
      return script::end;
    };
  }

  private static CheckResult checked(ScriptResult result) {
    return new CheckResult(
        failure(result),
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
