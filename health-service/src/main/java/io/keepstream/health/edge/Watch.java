package io.keepstream.health.edge;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Something under watch as the configuration wants it.
 *
 * @param <C> what the configuration says about it
 */
interface Watch<C> {
  /** Goes over to another configuration, changing only what differs. */
  void change(C wanted);

  /** Ends at once. */
  void stop();

  /** Makes {@code running} what {@code wanted} says: stops what is not in it, changes, starts. */
  static <K, C, W extends Watch<C>> void sync(
      Map<K, W> running, Map<K, C> wanted, BiFunction<K, C, W> start) {
    for (K key : List.copyOf(running.keySet())) {
      if (!wanted.containsKey(key)) {
        running.remove(key).stop();
      }
    }
    wanted.forEach(
        (key, config) -> {
          W present = running.get(key);
          if (present == null) {
            running.put(key, start.apply(key, config));
          } else {
            present.change(config);
          }
        });
  }
}
