package io.keepstream.health.edge;

import io.keepstream.health.verdict.Effect.ReportVerdict;

/** Who wants to know the verdicts of a check. */
@FunctionalInterface
interface Verdicts {
  /** {@code check} reached a verdict, at {@code nowNanos}. */
  void reached(RunningCheck check, ReportVerdict verdict, long nowNanos);
}
