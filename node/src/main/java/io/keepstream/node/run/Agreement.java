package io.keepstream.node.run;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The configuration that this process has, and the one that it has agreed to go over to: one at a
 * time, and not for ever.
 */
final class Agreement {
  /** Longer than any reload takes; who began it and has not ended it by then is gone. */
  static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private Draft agreed;
  private long untilNanos;
  private Draft inForce;
  private boolean reloaded;
  private long lookedNanos;

  /** Of a process that has started with {@code started}. */
  Agreement(Draft started) {
    inForce = started;
    lookedNanos = started.readNanos();
  }

  /** Agrees to {@code draft}, unless something else was agreed to before and is not over. */
  synchronized boolean agree(Draft draft, long nowNanos) {
    boolean other =
        agreed != null
            && nowNanos < untilNanos
            && !agreed.fingerprint().equals(draft.fingerprint());
    boolean late = reloaded && draft.readNanos() < inForce.readNanos();
    if (other || late) {
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
    inForce = agreed;
    reloaded = true;
    lookedNanos = Math.max(lookedNanos, agreed.readNanos());
    agreed = null;
    return Optional.of(inForce.config());
  }

  /** Whether it is what this process has: two that reload at once both ask for it. */
  synchronized boolean isInForce(String fingerprint) {
    return inForce.fingerprint().equals(fingerprint);
  }

  /** What a reload has put in force; empty while it is what the process started with. */
  synchronized Optional<Draft> reloaded() {
    return reloaded ? Optional.of(inForce) : Optional.empty();
  }

  /**
   * Whether to look again at what is written, since others have gone over to something else that
   * they have read later than anybody looked here. Who asks does look: however often one reload is
   * told of, one look is enough.
   */
  synchronized boolean looksAgain(String fingerprint, long readNanos, long nowNanos) {
    if (isInForce(fingerprint) || readNanos <= lookedNanos) {
      return false;
    }
    lookedNanos = nowNanos;
    return true;
  }

  /** Agrees to it no longer. */
  synchronized void cancel(String fingerprint) {
    if (agreed != null && agreed.fingerprint().equals(fingerprint)) {
      agreed = null;
    }
  }
}
