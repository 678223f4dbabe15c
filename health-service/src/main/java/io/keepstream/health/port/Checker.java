package io.keepstream.health.port;

import io.keepstream.health.config.Target;

/**
 * One kind of check.
 *
 * @param <T> what it can look at
 */
@FunctionalInterface
public interface Checker<T extends Target> {
  /** Makes ready to check {@code target} any number of times. Nothing is opened or sent yet. */
  Probe prepare(T target);
}
