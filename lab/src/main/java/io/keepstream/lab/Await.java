package io.keepstream.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for a condition instead of sleeping. */
public final class Await {
  private static final long PAUSE_NANOS = Duration.ofMillis(3).toNanos();

  private Await() {}

  /**
   * Returns as soon as {@code condition} holds.
   *
   * @param description what is awaited, as the failure message should name it
   * @throws AssertionError when it does not hold within {@code limit}
   */
  public static void until(Duration limit, String description, BooleanSupplier condition) {
    until(limit, () -> description, condition);
  }

  /**
   * As {@link #until(Duration, String, BooleanSupplier)}.
   *
   * @param description what is awaited and what is there instead; asked only on failure
   */
  public static void until(
      Duration limit, Supplier<String> description, BooleanSupplier condition) {
    value(
        limit, description, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /**
   * Returns the first value that {@code attempt} yields.
   *
   * @param description what is awaited and what is there instead; asked only on failure
   * @throws AssertionError when there is none within {@code limit}
   */
  public static <T> T value(
      Duration limit, Supplier<String> description, Supplier<Optional<T>> attempt) {
    long startedNanos = System.nanoTime();
    while (true) {
      // Read before the attempt, so that the last attempt always comes after the limit.
      boolean last = System.nanoTime() - startedNanos >= limit.toNanos();
      Optional<T> value = attempt.get();
      if (value.isPresent()) {
        return value.get();
      }
      if (last || Thread.currentThread().isInterrupted()) {
        throw new AssertionError(
            "%s within %s: %s"
                .formatted(last ? "not" : "interrupted, not", seconds(limit), description.get()));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }
}
