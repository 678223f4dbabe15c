package io.keepstream.notifier.delivery;

/** Whether the sink is open, and when to try again if it is not. */
final class Opening {
  private Patience patience;
  private boolean open;
  private boolean trying;
  private int failures;
  private long deadlineNanos = Long.MAX_VALUE;

  Opening(Patience patience) {
    this.patience = patience;
  }

  /** {@code now} is in force. */
  void use(Patience now) {
    patience = now;
  }

  boolean open() {
    return open;
  }

  boolean failing() {
    return failures > 0;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  void begin(long nowNanos) {
    open = false;
    trying = true;
    deadlineNanos = Delivery.after(nowNanos, patience.slowNanos());
  }

  void done() {
    open = true;
    trying = false;
    failures = 0;
    deadlineNanos = Long.MAX_VALUE;
  }

  void failed(double chance, long nowNanos) {
    trying = false;
    failures++;
    deadlineNanos = Delivery.after(nowNanos, patience.backoffNanos(failures, chance));
  }

  /** At its deadline: whether to try again, else the attempt that is under way is slow. */
  boolean retry(long nowNanos) {
    if (trying) {
      deadlineNanos = Long.MAX_VALUE;
      return false;
    }
    begin(nowNanos);
    return true;
  }
}
