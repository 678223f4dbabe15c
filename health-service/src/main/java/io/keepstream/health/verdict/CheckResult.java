package io.keepstream.health.verdict;

/**
 * What one attempt found.
 *
 * @param failure why it failed; null when it succeeded
 * @param detail more, in words; null when there is nothing to add
 * @param durationNanos from the start of the attempt to its result
 * @param received the beginning of what the target sent or printed; empty when nothing
 * @param weightShare what the real server's configured weight is to be changed by; null when the
 *     check has no say in that
 */
public record CheckResult(
    FailureReason failure,
    String detail,
    long durationNanos,
    String received,
    Integer weightShare) {

  /** A result that says nothing of weight. */
  public CheckResult(FailureReason failure, String detail, long durationNanos, String received) {
    this(failure, detail, durationNanos, received, null);
  }

  /** The same result, with a say in the real server's weight. */
  public CheckResult withWeightShare(int share) {
    return new CheckResult(failure, detail, durationNanos, received, share);
  }

  /** A success that needs no words. */
  public static CheckResult passed(long durationNanos) {
    return new CheckResult(null, null, durationNanos, "");
  }

  /** A failure before anything was received. */
  public static CheckResult failed(FailureReason failure, String detail, long durationNanos) {
    return new CheckResult(failure, detail, durationNanos, "");
  }

  /** Whether the attempt succeeded. */
  public boolean succeeded() {
    return failure == null;
  }

  /** The reason's name, {@code OK} for a success. */
  public String reason() {
    return succeeded() ? "OK" : failure.name();
  }
}
