/**
 * What VRRP can track besides scripts' verdicts, pure: what a file's bytes say, which processes a
 * line of the configuration means, how many of them run, and when their number becomes a verdict.
 *
 * <p>A {@link io.keepstream.health.tracker.ProcessTable} is kept right by what the kernel tells and
 * set right by looking at all processes; {@link io.keepstream.health.tracker.Quorum} turns a count
 * into a verdict, with a grace time after each change. {@link
 * io.keepstream.health.tracker.TrackerState} says what of all that is news.
 *
 * <p>Times are nanoseconds of a monotonic clock whose zero means nothing.
 */
package io.keepstream.health.tracker;
