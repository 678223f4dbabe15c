package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.testkit.KernelTest;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Says how well a thousand servers are checked every second. */
@KernelTest
class ManyTargetsTest {
  private static final int TARGETS = 1000;
  private static final int ROUNDS = 6;
  private static final double SECOND_NANOS = 1e9;

  /** The starts of one target's attempts. */
  private record Starts(List<Long> nanos) {
    double lastNanos() {
      return nanos.getLast();
    }

    /** How far each start was behind the grid that fits best. */
    IntStream latenessMicros() {
      long[] behind =
          IntStream.range(0, nanos.size())
              .mapToLong(i -> nanos.get(i) - i * (long) SECOND_NANOS)
              .toArray();
      long least = java.util.Arrays.stream(behind).min().orElse(0);
      return java.util.Arrays.stream(behind).mapToInt(b -> (int) ((b - least) / 1000));
    }
  }

  private final List<Starts> starts = new ArrayList<>();

  @Test
  void aThousandServersEverySecond() {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("lb");
      Listener listener = Listener.polite(host, 80);
      long cpuNanos = cpuNanos();
      try (HealthRig rig =
          host.inside(
              () ->
                  HealthRig.start(
                      config(), loop -> counting(new TcpChecker(new ForeignLibc(), loop))))) {
        Await.until(
            Duration.ofSeconds(60),
            "six rounds",
            () -> listener.accepted.get() >= ROUNDS * TARGETS);
        cpuNanos = cpuNanos() - cpuNanos;
        rig.undeploy();
        assertThat(rig.told()).isEmpty();
      }
      report(cpuNanos);
    }
  }

  @Test
  void blackHolesDoNotHoldUpTheOthers() {
    int targets = Integer.getInteger("keepstream.targets", 4000);
    int holes = targets / 10;
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("lb");
      host.run("nft", "add table inet hole");
      host.run("nft", "add chain inet hole in { type filter hook input priority 0; }");
      host.run("nft", "add rule inet hole in tcp dport 81 drop");
      Listener listener = Listener.polite(host, 80);
      HealthConfig config = config(targets, i -> i % 10 == 0 ? 81 : 80);
      try (HealthRig rig = host.inside(() -> HealthRig.start(config))) {
        Await.until(Duration.ofSeconds(90), "all holes told", () -> rig.told().size() >= holes);
        Timer lag = rig.meters().get(CheckMeters.QUEUE_LAG).timer();
        CountAtBucket[] warm = lag.takeSnapshot().histogramCounts();
        int accepted = listener.accepted.get();
        Await.until(
            Duration.ofSeconds(90),
            "more rounds",
            () -> listener.accepted.get() - accepted >= ROUNDS * (targets - holes));
        CountAtBucket[] end = lag.takeSnapshot().histogramCounts();
        rig.undeploy();
        assertThat(rig.told()).allMatch("DOWN CONNECT_TIMEOUT 1"::equals).hasSize(holes);
        report(targets, warm, end);
      }
    }
  }

  /** What happened between two counts. */
  private static void report(int targets, CountAtBucket[] before, CountAtBucket[] after) {
    int last = after.length - 1;
    double all = after[last].count() - before[last].count();
    StringBuilder shares = new StringBuilder();
    double within50Millis = 0;
    for (int i = 0; i <= last; i++) {
      double share = (after[i].count() - before[i].count()) / all;
      double millis = after[i].bucket(TimeUnit.MILLISECONDS);
      shares.append(", %.2f %% within %.0f ms".formatted(100 * share, millis));
      within50Millis = millis == 50 ? share : within50Millis;
    }
    System.out.printf(
        "%d targets, a tenth of them black holes: %.0f attempts, started late%s%n",
        targets, all, shares);
    assertThat(within50Millis).isGreaterThan(0.5);
  }

  private Checker<Target.Tcp> counting(Checker<Target.Tcp> checker) {
    return target -> {
      Probe probe = checker.prepare(target);
      Starts own = new Starts(new ArrayList<>());
      starts.add(own);
      return (timeoutNanos, done) -> {
        own.nanos().add(System.nanoTime());
        return probe.start(timeoutNanos, done);
      };
    };
  }

  private void report(long cpuNanos) {
    int[] late = starts.stream().flatMapToInt(Starts::latenessMicros).sorted().toArray();
    double firstNanos = starts.stream().mapToDouble(s -> s.nanos().getFirst()).min().orElse(0);
    double lastNanos = starts.stream().mapToDouble(Starts::lastNanos).max().orElse(0);
    double seconds = (lastNanos - firstNanos) / SECOND_NANOS;
    System.out.printf(
        "%d targets every second: %d attempts in %.1f s, %.0f/s; behind schedule by"
            + " %d us (median), %d us (99 %%), %d us (worst); %.1f s of CPU with the listener%n",
        TARGETS,
        late.length,
        seconds,
        late.length / seconds,
        late[late.length / 2],
        late[late.length * 99 / 100],
        late[late.length - 1],
        cpuNanos / SECOND_NANOS);
    assertThat(late.length / seconds).isGreaterThan(TARGETS / 2.0);
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  private static HealthConfig config() {
    return config(TARGETS, i -> 80);
  }

  private static HealthConfig config(int targets, IntUnaryOperator port) {
    String realServers =
        IntStream.range(0, targets)
            .mapToObj(
                i ->
                    "real_server 127.0.%d.%d %d { TCP_CHECK { } }"
                        .formatted(i / 200, 1 + i % 200, port.applyAsInt(i)))
            .collect(Collectors.joining("\n"));
    return Configured.on(
            new ThisMachine(),
            """
            virtual_server 10.0.0.100 80 {
              protocol TCP
              delay_loop 1
              %s
            }
            """
                .formatted(realServers))
        .config();
  }
}
