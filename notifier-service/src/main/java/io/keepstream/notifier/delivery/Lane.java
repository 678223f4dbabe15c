package io.keepstream.notifier.delivery;

import java.util.ArrayDeque;
import java.util.Deque;

/** The messages of one lane, oldest first; the head is what is sent. */
final class Lane<M> {
  final String name;
  final Deque<Message<M>> queue = new ArrayDeque<>();
  private boolean sending;
  private int failures;
  private long firstAttemptNanos;
  private long slowNanos;
  private long dueNanos;

  Lane(String name) {
    this.name = name;
  }

  boolean sending() {
    return sending;
  }

  boolean failing() {
    return failures > 0;
  }

  int failures() {
    return failures;
  }

  /** When the next attempt may be made. */
  long dueNanos() {
    return dueNanos;
  }

  /** When the attempt that is under way becomes a slow one, {@link Long#MAX_VALUE} if it is. */
  long slowNanos() {
    return sending ? slowNanos : Long.MAX_VALUE;
  }

  void begin(long nowNanos, long slowAfterNanos) {
    sending = true;
    slowNanos = Delivery.after(nowNanos, slowAfterNanos);
    if (failures == 0) {
      firstAttemptNanos = nowNanos;
    }
  }

  void slow() {
    slowNanos = Long.MAX_VALUE;
  }

  /** For how long its head has been tried. */
  long triedNanos(long nowNanos) {
    return nowNanos - firstAttemptNanos;
  }

  void failed() {
    sending = false;
    failures++;
  }

  void pauseUntil(long nanos) {
    dueNanos = nanos;
  }

  /** The head is done with. */
  Message<M> next() {
    sending = false;
    failures = 0;
    dueNanos = 0;
    return queue.remove();
  }

  /** Nothing of it is under way any more. */
  void stopped() {
    sending = false;
  }
}
