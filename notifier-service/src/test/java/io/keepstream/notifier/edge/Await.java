package io.keepstream.notifier.edge;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a condition instead of sleeping. */
final class Await {
  private static final long PAUSE_NANOS = Duration.ofMillis(3).toNanos();

  private Await() {}

  static void until(Duration limit, String description, BooleanSupplier condition) {
    long startedNanos = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - startedNanos > limit.toNanos()) {
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + description);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
