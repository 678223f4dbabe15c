package io.keepstream.node.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/** What was measured of one thing. */
public final class Samples {
  private final List<Double> values = new ArrayList<>();

  /** Adds one. */
  public void add(double value) {
    values.add(value);
  }

  void each(DoubleConsumer consumer) {
    values.forEach(consumer::accept);
  }

  /** Median, then least and greatest. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "**%.2f** (%.2f .. %.2f)", quantile(0.5), quantile(0), quantile(1));
  }

  /** Below which this share of the samples is. */
  double quantile(double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
  }
}
