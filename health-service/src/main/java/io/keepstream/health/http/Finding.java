package io.keepstream.health.http;

import io.keepstream.health.verdict.FailureReason;

/**
 * Why an answer is not good enough.
 *
 * @param detail what was found, and what was expected
 */
public record Finding(FailureReason reason, String detail) {}
