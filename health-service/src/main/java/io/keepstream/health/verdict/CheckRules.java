package io.keepstream.health.verdict;

/**
 * Everything the machine needs to know about a check.
 *
 * @param schedule when it is attempted
 * @param counting how results become a verdict
 * @param timeoutNanos how long an attempt may take
 * @param onTimeout what an attempt that takes longer failed of
 */
public record CheckRules(
    Schedule schedule, Counting counting, long timeoutNanos, FailureReason onTimeout) {}
