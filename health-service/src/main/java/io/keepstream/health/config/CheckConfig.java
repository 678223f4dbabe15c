package io.keepstream.health.config;

import io.keepstream.health.verdict.CheckRules;

/**
 * One check.
 *
 * @param target what it looks at
 * @param rules when, and what results mean
 * @param logAllFailures whether failures that do not decide are logged as well
 */
public record CheckConfig(Target target, CheckRules rules, boolean logAllFailures) {}
