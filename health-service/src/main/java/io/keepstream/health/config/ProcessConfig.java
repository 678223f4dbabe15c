package io.keepstream.health.config;

import io.keepstream.health.tracker.ProcessPattern;
import io.keepstream.health.tracker.QuorumRules;

/**
 * Tracked processes.
 *
 * @param pattern which ones
 * @param rules how many of them there should be
 */
public record ProcessConfig(ProcessPattern pattern, QuorumRules rules) {}
