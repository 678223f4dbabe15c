package io.keepstream.node.benchmark;

import io.keepstream.lab.UserModeLinux;
import io.keepstream.testkit.uml.OuterTests;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How fast the IPVS table is made, beside keepalived and ipvsadm: {@code ./keepstream benchmark}.
 */
@Tag("kernel")
@EnabledIfSystemProperty(named = "keepstream.benchmark", matches = "true")
class TableBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  @BeforeAll
  static void check() {
    UserModeLinux.unavailable().ifPresent(Assumptions::abort);
  }

  @TestFactory
  Stream<DynamicTest> thousand() {
    return OuterTests.run(LIMIT, TableFiguresInUml.OfThousandInUml.class);
  }

  @TestFactory
  Stream<DynamicTest> tenThousand() {
    return OuterTests.run(LIMIT, TableFiguresInUml.OfTenThousandInUml.class);
  }
}
