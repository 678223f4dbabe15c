package io.keepstream.runtime.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What has been asked of a peer and is not answered yet, at most a thousand at a time.
 *
 * @param <T> who waits for an answer
 */
public final class Pending<T> {
  static final int MOST = 1000;

  /** Longer than anybody on the event bus waits by default. */
  static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private record Waiting<T>(T who, long untilNanos) {}

  private final Map<Long, Waiting<T>> waiting = new LinkedHashMap<>();
  private long lastId;

  /** The id under which {@code who} waits from now on; empty when too many wait. */
  public OptionalLong add(T who, long nowNanos) {
    if (waiting.size() >= MOST) {
      return OptionalLong.empty();
    }
    waiting.put(++lastId, new Waiting<>(who, nowNanos + LIMIT_NANOS));
    return OptionalLong.of(lastId);
  }

  /** Who waits for the answer to {@code id} and now does no more; empty when nobody does. */
  public Optional<T> take(long id) {
    return Optional.ofNullable(waiting.remove(id)).map(Waiting::who);
  }

  /** Those who have waited for too long, and do no more. */
  public List<T> expire(long nowNanos) {
    List<T> expired = new ArrayList<>();
    // The oldest come first, and all wait equally long.
    var each = waiting.values().iterator();
    while (each.hasNext()) {
      Waiting<T> next = each.next();
      if (nowNanos < next.untilNanos()) {
        break;
      }
      expired.add(next.who());
      each.remove();
    }
    return expired;
  }

  /** All who wait, and now do no more. */
  public List<T> drain() {
    List<T> all = waiting.values().stream().map(Waiting::who).toList();
    waiting.clear();
    return all;
  }
}
