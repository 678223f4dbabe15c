package io.keepstream.health.config;

import io.keepstream.health.verdict.CheckRules;

/**
 * One check.
 *
 * @param target what it looks at
 * @param rules when, and what results mean
 * @param logAllFailures whether failures that do not decide are logged as well
 * @param shadow whether its verdict is only told and keeps no real server down
 */
public record CheckConfig(Target target, CheckRules rules, boolean logAllFailures, boolean shadow) {

  /** One that acts. */
  public CheckConfig(Target target, CheckRules rules, boolean logAllFailures) {
    this(target, rules, logAllFailures, false);
  }
}
