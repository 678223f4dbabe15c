package io.keepstream.health.verdict;

import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.CheckEvidence;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A real server: up while none of its checks is failed.
 *
 * @param <C> what identifies a check
 * @param backend which one
 * @param failed its failed checks
 * @param sinceNanos when it last went up or down, or watching it began
 * @param evidence what decided last in favour of the present state; null before the first result
 */
public record RealServer<C>(
    BackendRef backend, Set<C> failed, long sinceNanos, CheckEvidence evidence) {
  public RealServer {
    failed = Set.copyOf(failed);
  }

  /**
   * What came of a verdict.
   *
   * @param event to publish; null when nothing changed
   */
  public record Step<C>(RealServer<C> next, BackendEvent event) {}

  /** Whether none of its checks is failed. */
  public boolean up() {
    return failed.isEmpty();
  }

  /** A check reached a verdict. */
  public Step<C> decided(C check, boolean nowFailed, CheckEvidence because, long nowNanos) {
    Set<C> now = new HashSet<>(failed);
    if (nowFailed) {
      now.add(check);
    } else {
      now.remove(check);
    }
    if (now.isEmpty() == up()) {
      CheckEvidence latest = nowFailed == up() ? evidence : because;
      BackendEvent event =
          now.equals(failed)
              ? null
              : new BackendEvent.CheckChanged(backend, up(), !nowFailed, because);
      return new Step<>(new RealServer<>(backend, now, sinceNanos, latest), event);
    }
    return turned(now, because, nowNanos);
  }

  /** Other checks are in force, of which these are failed. */
  public Step<C> reconfigured(Set<C> nowFailed, long nowNanos) {
    if (nowFailed.isEmpty() == up()) {
      return new Step<>(new RealServer<>(backend, nowFailed, sinceNanos, evidence), null);
    }
    String detail = "other checks are in force";
    return turned(nowFailed, new CheckEvidence("configuration", "OK", detail, 0, 0), nowNanos);
  }

  private Step<C> turned(Set<C> nowFailed, CheckEvidence because, long nowNanos) {
    long heldMillis = TimeUnit.NANOSECONDS.toMillis(nowNanos - sinceNanos);
    return new Step<>(
        new RealServer<>(backend, nowFailed, nowNanos, because),
        nowFailed.isEmpty()
            ? new BackendEvent.Up(backend, heldMillis, because)
            : new BackendEvent.Down(backend, heldMillis, because));
  }
}
