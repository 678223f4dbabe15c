package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Probe;
import io.vertx.core.Future;

/** The checkers there are, one per kind of target. */
@FunctionalInterface
interface Checkers {
  /** Makes ready to check {@code target} any number of times. Nothing is opened or sent yet. */
  Probe prepare(Target target);

  /** Completes when all loops that work for checks have come to it. */
  default Future<?> reach() {
    return Future.succeededFuture();
  }

  /** Releases what all checks share. They are over by then. */
  default void close() {}
}
