package io.keepstream.node.run;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The configuration that this process has agreed to go over to: one at a time, and not for ever.
 */
final class Agreement {
  /** Longer than any reload takes; who began it and has not ended it by then is gone. */
  static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private Draft agreed;
  private long untilNanos;
  private String inForce = "";

  /** Agrees to {@code draft}, unless something else was agreed to before and is not over. */
  synchronized boolean agree(Draft draft, long nowNanos) {
    boolean other =
        agreed != null
            && nowNanos < untilNanos
            && !agreed.fingerprint().equals(draft.fingerprint());
    if (other) {
      return false;
    }
    agreed = draft;
    untilNanos = nowNanos + LIMIT_NANOS;
    return true;
  }

  /** What to go over to; empty when nothing of that fingerprint was agreed to. */
  synchronized Optional<NodeConfig> take(String fingerprint) {
    if (agreed == null || !agreed.fingerprint().equals(fingerprint)) {
      return Optional.empty();
    }
    NodeConfig config = agreed.config();
    agreed = null;
    inForce = fingerprint;
    return Optional.of(config);
  }

  /** Whether it is what was taken last: two that reload at once both ask for it. */
  synchronized boolean isInForce(String fingerprint) {
    return inForce.equals(fingerprint);
  }

  /** Agrees to it no longer. */
  synchronized void cancel(String fingerprint) {
    if (agreed != null && agreed.fingerprint().equals(fingerprint)) {
      agreed = null;
    }
  }
}
