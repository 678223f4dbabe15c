package io.keepstream.node.run;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Work that takes a while, done one after the other in the order in which it was asked for. */
final class Turns {
  private Future<Object> last = Future.succeededFuture();

  /** Has {@code work} begin when all before it is over, however that went. */
  synchronized Future<?> take(Supplier<Future<?>> work) {
    last = last.otherwiseEmpty().compose(over -> work.get().mapEmpty());
    return last;
  }

  /** Completes as the last that was asked for does. */
  synchronized Future<?> last() {
    return last;
  }
}
