package io.keepstream.health.edge;

import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.Effect.ReportVerdict;

/** Who wants to know the verdicts of a check. */
@FunctionalInterface
interface Verdicts {
  /** {@code check} reached a verdict, at {@code nowNanos}. */
  void reached(RunningCheck check, ReportVerdict verdict, long nowNanos);

  /**
   * {@code check} succeeded and has a say in its real server's weight, the same as before or not.
   */
  default void weighed(RunningCheck check, CheckResult result) {}
}
