package io.keepstream.health.edge;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Makes a long list on an event loop a part at a time, so that what is due, and what has arrived,
 * comes in between. To be used on that loop only.
 */
final class InParts<T, R> {
  /** These take about a millisecond. */
  private static final int AT_ONCE = 500;

  private final EventLoop loop;
  private final Iterator<T> left;
  private final Function<T, R> each;
  private final List<R> made;
  private final Promise<List<R>> all = Promise.promise();

  private InParts(EventLoop loop, Collection<T> from, Function<T, R> each) {
    this.loop = loop;
    // It may change in between.
    this.left = List.copyOf(from).iterator();
    this.each = each;
    made = new ArrayList<>(from.size());
  }

  /** {@code each} of what is in {@code from} now. */
  static <T, R> Future<List<R>> map(EventLoop loop, Collection<T> from, Function<T, R> each) {
    InParts<T, R> turns = new InParts<>(loop, from, each);
    turns.go();
    return turns.all.future();
  }

  private void go() {
    for (int i = 0; i < AT_ONCE && left.hasNext(); i++) {
      made.add(each.apply(left.next()));
    }
    if (left.hasNext()) {
      // As a timer, since the loop does all that is merely queued before it looks at its sockets.
      var _ = loop.schedule(this::go, 1, TimeUnit.NANOSECONDS);
    } else {
      all.complete(made);
    }
  }
}
