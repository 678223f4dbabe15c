package io.keepstream.health.verdict;

/** What the shell of a check must do, in the order given. */
public sealed interface Effect {

  /** Start an attempt; {@link Event.AttemptEnded} is expected later. */
  record StartAttempt() implements Effect {}

  /** Give the attempt up and release what it uses; {@link Event.AttemptEnded} is expected later. */
  record AbandonAttempt() implements Effect {}

  /** Tell that an attempt failed, whatever that means for the verdict. */
  record ReportFailure(CheckResult result) implements Effect {}

  /**
   * Tell that the verdict changed, or that the first result confirmed what was presumed.
   *
   * @param verdict the new verdict, a known one
   * @param result the result that decided
   * @param attempts how many results in a row were counted
   */
  record ReportVerdict(Verdict verdict, CheckResult result, int attempts) implements Effect {}

  /** Tell what a successful result says of the real server's weight, changed or not. */
  record ReportWeight(CheckResult result) implements Effect {}
}
