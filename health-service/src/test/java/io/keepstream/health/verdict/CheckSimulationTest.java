package io.keepstream.health.verdict;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CheckSimulationTest {
  @Test
  void agreesWithTheNaiveOracleWhateverTheTargetDoes() {
    LongStream.range(0, 1000).forEach(CheckSimulationTest::simulate);
  }

  private static void simulate(long seed) {
    try {
      new CheckSimulation(seed).run(300);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
