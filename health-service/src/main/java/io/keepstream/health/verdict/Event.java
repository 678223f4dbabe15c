package io.keepstream.health.verdict;

/** What can happen to a check. */
public sealed interface Event {

  /** The timer fired. */
  record TimerExpired() implements Event {}

  /** The attempt is over and everything it used is released; abandoned ones report this as well. */
  record AttemptEnded(CheckResult result) implements Event {}

  /** Nobody wants the check to be made for the time being. */
  record Suspend() implements Event {}

  /**
   * The check is wanted again.
   *
   * @param share how much to use of the time in which resumed checks spread out, from 0 to less
   *     than 1
   */
  record Resume(double share) implements Event {}
}
