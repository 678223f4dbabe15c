package io.keepstream.health.verdict;

/** What can happen to a check. */
public sealed interface Event {

  /** The timer fired. */
  record TimerExpired() implements Event {}

  /** The attempt is over and everything it used is released; abandoned ones report this as well. */
  record AttemptEnded(CheckResult result) implements Event {}
}
