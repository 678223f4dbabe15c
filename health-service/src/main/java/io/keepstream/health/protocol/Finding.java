package io.keepstream.health.protocol;

import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;

/**
 * What a conversation with a target came to.
 *
 * @param failure why it failed; null when the target is well
 * @param detail what was found and, where it failed, what was expected
 * @param received the beginning of what the target sent
 */
public record Finding(FailureReason failure, String detail, String received) {
  /** The target is well. */
  public static Finding pass(String detail, String received) {
    return new Finding(null, detail, received);
  }

  /** The target is not well. */
  public static Finding fail(FailureReason failure, String detail, String received) {
    return new Finding(failure, detail, received);
  }

  /** As the result of an attempt that took so long. */
  public CheckResult after(long durationNanos) {
    return new CheckResult(failure, detail, durationNanos, received);
  }
}
