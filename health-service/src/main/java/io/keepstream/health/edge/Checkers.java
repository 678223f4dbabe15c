package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Probe;

/** The checkers there are, one per kind of target. */
@FunctionalInterface
interface Checkers {
  /** Makes ready to check {@code target} any number of times. Nothing is opened or sent yet. */
  Probe prepare(Target target);

  /** Releases what all checks share. They are over by then. */
  default void close() {}
}
