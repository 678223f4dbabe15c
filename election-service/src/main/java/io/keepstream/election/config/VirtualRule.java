package io.keepstream.election.config;

import io.keepstream.linux.wire.IpRule;

/**
 * A policy rule as configured.
 *
 * @param rule the rule
 * @param tracked whether it is put back when somebody removes it
 * @param text the line of the configuration
 */
public record VirtualRule(IpRule rule, boolean tracked, String text) implements KernelItem {
  @Override
  public Object identity() {
    return rule;
  }
}
