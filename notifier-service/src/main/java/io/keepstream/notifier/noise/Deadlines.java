package io.keepstream.notifier.noise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** When something is due for each of many names; times are monotonic nanoseconds. */
final class Deadlines {
  private record Due(long nanos, String name) {}

  private final Map<String, Due> byName = new HashMap<>();
  private final TreeSet<Due> inOrder =
      new TreeSet<>(Comparator.comparingLong(Due::nanos).thenComparing(Due::name));

  /** Replaces an earlier deadline of {@code name}; {@link Long#MAX_VALUE} is none. */
  void set(String name, long nanos) {
    remove(name);
    if (nanos < Long.MAX_VALUE) {
      Due due = new Due(nanos, name);
      byName.put(name, due);
      inOrder.add(due);
    }
  }

  void remove(String name) {
    Due due = byName.remove(name);
    if (due != null) {
      inOrder.remove(due);
    }
  }

  void clear() {
    byName.clear();
    inOrder.clear();
  }

  /** The first deadline, or {@link Long#MAX_VALUE}. */
  long first() {
    return inOrder.isEmpty() ? Long.MAX_VALUE : inOrder.first().nanos();
  }

  /** Takes out the names that are due, in order. */
  List<String> takeDue(long nowNanos) {
    List<String> due = new ArrayList<>();
    while (first() <= nowNanos) {
      String name = inOrder.pollFirst().name();
      byName.remove(name);
      due.add(name);
    }
    return due;
  }
}
