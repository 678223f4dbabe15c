package io.keepstream.node.scenario;

import io.keepstream.lab.UserModeLinux;
import io.keepstream.testkit.uml.OuterTests;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The whole node on a kernel that has IPVS. */
@Tag("kernel")
@Order(1) // it takes longest
@Execution(ExecutionMode.CONCURRENT)
class BalancingTest {
  private static final Duration LIMIT = Duration.ofMinutes(30); // for nine, on a busy machine

  @BeforeAll
  static void check() {
    UserModeLinux.unavailable().ifPresent(Assumptions::abort);
    CachedProgram.command(); // out here it is made in a tenth of the time
  }

  @TestFactory
  Stream<DynamicTest> inside() {
    return OuterTests.run(LIMIT, BalancingInUml.class, ParityInUml.class);
  }
}
