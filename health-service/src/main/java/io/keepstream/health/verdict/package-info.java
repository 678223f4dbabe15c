/**
 * What becomes of check results, pure: when to attempt, what an attempt's result means, and whether
 * a real server is up.
 *
 * <p>Every checker, whatever it speaks, runs in the same machine: {@link
 * io.keepstream.health.verdict.Check#next} takes the rules of a check, its state and what happened,
 * and returns the new state and an ordered list of effects. A check has at most one attempt at a
 * time. A state holds its own deadline; the shell arms a timer to {@code state.deadlineNanos()},
 * and an expiry before the deadline does nothing.
 *
 * <pre>
 *   Waiting --timer--> Attempting --result--> Waiting
 *                          `--time limit--> Ending --gone--> Waiting
 *   any --suspend--> Suspended --resume--> Waiting
 * </pre>
 *
 * <p>Regular attempts keep to a grid: the first due time plus multiples of the period, whatever an
 * attempt takes. Slots missed by a sleeping process are left out, not made up for. Jitter delays an
 * attempt within its slot and leaves the grid where it is. While results contradict the verdict,
 * but not yet often enough, the next attempt comes after the pause for confirming instead.
 *
 * <p>A suspended check makes no attempts and keeps its verdict; what was counted against that is
 * forgotten. Resumed, it is attempted within a second, and a new grid begins.
 *
 * <p>A {@link io.keepstream.health.verdict.Standing} counts results: the first one decides alone,
 * from then on {@code rise} successes or {@code fall} failures in a row change the verdict. {@link
 * io.keepstream.health.verdict.RealServer} is up while none of its checks is failed.
 *
 * <p>A success may carry a share in the real server's weight. {@link
 * io.keepstream.health.verdict.WeightShares} adds up the latest of each check.
 *
 * <p>Times are nanoseconds of a monotonic clock whose zero means nothing.
 */
package io.keepstream.health.verdict;
