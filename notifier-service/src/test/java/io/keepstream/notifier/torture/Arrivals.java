package io.keepstream.notifier.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What arrived at one sink: each event by its subject and its place in the subject's order. */
final class Arrivals {
  private final String sink;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Integer> lastOf = new HashMap<>();
  private String disorder = "";
  private int duplicates;

  Arrivals(String sink) {
    this.sink = sink;
  }

  /** Event {@code count} about {@code subject}, counted from 1, arrived. */
  synchronized void add(String subject, int count) {
    if (!seen.add(subject + " " + count)) {
      duplicates++;
      return;
    }
    int last = lastOf.getOrDefault(subject, 0);
    if (count != last + 1 && disorder.isEmpty()) {
      disorder = "%s: %d came after %d".formatted(subject, count, last);
    }
    lastOf.put(subject, Math.max(last, count));
  }

  synchronized int distinct() {
    return seen.size();
  }

  /** Fails unless all {@code expected} events arrived, in order for each subject. */
  synchronized void assertComplete(int expected) {
    assertThat(disorder).as("%s is out of order", sink).isEmpty();
    assertThat(seen).as("what arrived at %s", sink).hasSize(expected);
  }

  @Override
  public synchronized String toString() {
    return "%s: %d event(s), %d duplicate(s)".formatted(sink, seen.size(), duplicates);
  }
}
