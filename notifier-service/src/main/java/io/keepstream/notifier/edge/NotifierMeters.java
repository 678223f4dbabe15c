package io.keepstream.notifier.edge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the notifier measures; whoever shows it counts events and sinks. */
final class NotifierMeters {
  static final String JOURNAL_BYTES = "keepstream.journal.bytes";
  static final String JOURNAL_FORCE = "keepstream.journal.force";

  private final MeterRegistry registry;
  private final Timer forces;

  NotifierMeters(MeterRegistry registry) {
    this.registry = registry;
    forces = registry.timer(JOURNAL_FORCE);
  }

  /** How much there is on disk. */
  void bytes(Supplier<Number> bytes) {
    Gauge.builder(JOURNAL_BYTES, bytes).baseUnit("bytes").register(registry);
  }

  /** The disk took what was written, after so long. */
  void forced(long nanos) {
    forces.record(nanos, TimeUnit.NANOSECONDS);
  }
}
