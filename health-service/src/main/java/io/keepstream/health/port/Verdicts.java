package io.keepstream.health.port;

import io.keepstream.health.verdict.Effect.ReportVerdict;

/** Who wants to know the verdicts of a check. */
@FunctionalInterface
public interface Verdicts {
  /**
   * The check reached a verdict.
   *
   * @param nowNanos when
   */
  void reached(ReportVerdict verdict, long nowNanos);
}
