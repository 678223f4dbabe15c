package io.keepstream.health.port;

/** An attempt that was started and may be over since. */
@FunctionalInterface
public interface Attempt {
  /** Gives it up: what it uses is released as soon as possible. */
  void abandon();

  /** Whether who would hear of an answer has no time, so that silence proves nothing. */
  default boolean isUnheard() {
    return false;
  }
}
