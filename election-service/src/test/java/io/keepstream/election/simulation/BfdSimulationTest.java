package io.keepstream.election.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.testkit.Proves;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Hundreds of bad minutes of a BFD session: loss, delay, reordering, stalls, crashes, reloads. */
class BfdSimulationTest {
  private static final int SEEDS = Integer.getInteger("keepstream.simulation.seeds", 2500) / 5;

  @Proves({"BF-002", "BF-003", "BF-004", "BF-007", "BF-009", "FI-30"})
  @Test
  void bothEndsAgreeAfterEveryDisturbance() {
    List<String> failures =
        LongStream.range(0, SEEDS)
            .mapToObj(BfdSimulationTest::failure)
            .filter(Objects::nonNull)
            .toList();
    assertThat(failures).as("seeds that failed, of %d", SEEDS).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    BfdRun first = new BfdRun(77);
    BfdRun second = new BfdRun(77);
    first.run();
    second.run();
    assertThat(first.trace()).isEqualTo(second.trace()).isNotEmpty();
  }

  private static String failure(long seed) {
    BfdRun run = new BfdRun(seed);
    try {
      run.run();
      return null;
    } catch (AssertionError e) {
      List<String> trace = run.trace();
      List<String> tail = trace.subList(Math.max(0, trace.size() - 10), trace.size());
      return "seed " + seed + ": " + e.getMessage() + "\n  " + String.join("\n  ", tail);
    }
  }
}
