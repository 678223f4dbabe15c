package io.keepstream.health.port;

import io.keepstream.health.verdict.CheckResult;
import java.util.function.Consumer;

/** A checker that is ready for one target. */
@FunctionalInterface
public interface Probe {
  /**
   * Starts one attempt; there is never a second one before the first is over. Nothing here blocks.
   *
   * @param timeoutNanos when the caller will abandon it
   * @param done told once, on the event loop and not before this method has returned, when the
   *     attempt is over and all it used is released; also when it was abandoned
   */
  Attempt start(long timeoutNanos, Consumer<CheckResult> done);

  /** Releases what is kept between attempts. No attempt follows, but one may still be ending. */
  default void close() {}
}
