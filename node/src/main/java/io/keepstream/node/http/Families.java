package io.keepstream.node.http;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects single values into families of metrics; of two with the same labels the last counts. */
final class Families {
  private record Family(boolean counter, String meaning, Map<Labels, Double> values) {}

  private final Map<String, Family> families = new LinkedHashMap<>();

  /** A value that goes up and down. */
  void gauge(String name, String meaning, Labels labels, double value) {
    put(name, new Family(false, meaning, new LinkedHashMap<>()), labels, value);
  }

  /** A value that only grows; {@code _total} is put behind its name. */
  void counter(String name, String meaning, Labels labels, long value) {
    put(name, new Family(true, meaning, new LinkedHashMap<>()), labels, (double) value);
  }

  private void put(String name, Family empty, Labels labels, double value) {
    families.computeIfAbsent(name, any -> empty).values().put(labels, value);
  }

  MetricSnapshots snapshots() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    families.forEach((name, family) -> all.metricSnapshot(snapshot(name, family)));
    return all.build();
  }

  private static MetricSnapshot snapshot(String name, Family family) {
    if (family.counter()) {
      CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(family.meaning());
      family.values().forEach((labels, value) -> counter.dataPoint(count(labels, value)));
      return counter.build();
    }
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(family.meaning());
    family.values().forEach((labels, value) -> gauge.dataPoint(measure(labels, value)));
    return gauge.build();
  }

  private static CounterDataPointSnapshot count(Labels labels, double value) {
    return CounterDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static GaugeDataPointSnapshot measure(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
