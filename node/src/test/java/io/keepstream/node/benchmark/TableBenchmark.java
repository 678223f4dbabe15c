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

  @BeforeAll
  static void check() {
    UserModeLinux.unavailable().ifPresent(Assumptions::abort);
  }

  @TestFactory
  Stream<DynamicTest> inUserModeLinux() {
    return OuterTests.run(Duration.ofMinutes(15), TableFiguresInUml.class);
  }
}
