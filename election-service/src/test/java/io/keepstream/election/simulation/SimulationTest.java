package io.keepstream.election.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.election.config.ElectionConfig;
import io.keepstream.testkit.Proves;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of bad minutes of two to five hosts. A failing seed is to be kept below as a test. */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("keepstream.simulation.seeds", 2500);

  @Test
  @Proves("VR-069")
  void oneMasterAfterEveryDisturbance() {
    check(SEEDS, RandomConfig::alone);
  }

  @Test
  @Proves("VR-062")
  void aSyncGroupMovesAsOneThroughEveryDisturbance() {
    check(SEEDS / 2, RandomConfig::grouped);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 77, 1234})
  void theSameSeedGivesTheSameRun(long seed) {
    SimulationRun first = new SimulationRun(seed, RandomConfig::grouped);
    SimulationRun second = new SimulationRun(seed, RandomConfig::grouped);
    first.run();
    second.run();
    assertThat(first.trace()).isEqualTo(second.trace()).hasSizeGreaterThan(50);
  }

  private static void check(int seeds, Function<RandomConfig, List<ElectionConfig>> configs) {
    List<String> failures =
        LongStream.range(0, seeds)
            .mapToObj(seed -> failure(seed, configs))
            .filter(f -> f != null)
            .toList();
    assertThat(failures).as("seeds that failed, of %d", seeds).isEmpty();
  }

  private static String failure(long seed, Function<RandomConfig, List<ElectionConfig>> configs) {
    SimulationRun run = new SimulationRun(seed, configs);
    try {
      run.run();
      return null;
    } catch (AssertionError e) {
      List<String> trace = run.trace();
      List<String> tail = trace.subList(Math.max(0, trace.size() - 30), trace.size());
      return "seed " + seed + ": " + e.getMessage() + "\n  " + String.join("\n  ", tail);
    }
  }
}
