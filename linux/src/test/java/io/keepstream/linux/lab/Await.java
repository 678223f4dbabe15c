package io.keepstream.linux.lab;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or the kernel is about to do. */
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(1);

  private Await() {}

  public static void until(String what, BooleanSupplier condition) {
    long startNanos = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - startNanos > LIMIT.toNanos()) {
        fail("not within %s: %s", LIMIT, what);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
