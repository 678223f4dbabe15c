package io.keepstream.health.edge;

import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What is measured of checks. Used on one thread; read on any. */
final class CheckMeters {
  /** Attempts by result, {@code OK} or a failure reason. */
  static final String RESULTS = "keepstream.health.results";

  /** From the start of an attempt to its result. */
  static final String LATENCY = "keepstream.health.latency";

  /** From when an attempt was due to when it was started. */
  static final String QUEUE_LAG = "keepstream.health.queue.lag";

  /** Checks by verdict. */
  static final String TARGETS = "keepstream.health.targets";

  private static final Duration[] BUCKETS =
      IntStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<String, Counter> results = new HashMap<>();
  private final AtomicInteger up = new AtomicInteger();
  private final AtomicInteger down = new AtomicInteger();
  private final Timer latency;
  private final Timer queueLag;

  CheckMeters(MeterRegistry registry) {
    this.registry = registry;
    latency = timer(LATENCY, "How long attempts take");
    queueLag = timer(QUEUE_LAG, "How late attempts start");
    gauge("up", up);
    gauge("down", down);
  }

  private Timer timer(String name, String meaning) {
    return Timer.builder(name)
        .description(meaning)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private void gauge(String state, AtomicInteger count) {
    Gauge.builder(TARGETS, count, AtomicInteger::get)
        .description("Checks by verdict")
        .tag("state", state)
        .register(registry);
  }

  /** An attempt started so long after it was due. */
  void started(long lagNanos) {
    queueLag.record(lagNanos, TimeUnit.NANOSECONDS);
  }

  /** An attempt ended. */
  void ended(CheckResult result) {
    latency.record(result.durationNanos(), TimeUnit.NANOSECONDS);
    results.computeIfAbsent(result.reason(), this::counter).increment();
  }

  private Counter counter(String reason) {
    return Counter.builder(RESULTS)
        .description("Attempts by result")
        .tag("reason", reason)
        .register(registry);
  }

  /** A check has this verdict from now on. */
  void entered(Verdict verdict) {
    (verdict.failed() ? down : up).incrementAndGet();
  }

  /** A check has this verdict no longer. */
  void left(Verdict verdict) {
    (verdict.failed() ? down : up).decrementAndGet();
  }
}
