package io.keepstream.node.scenario;

import io.keepstream.lab.UserModeLinux;
import io.keepstream.testkit.uml.OuterTests;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/** The whole node on a kernel that has IPVS. */
@Tag("kernel")
@Isolated // one slow processor inside, and a share of two outside
class BalancingTest {
  private static final Duration LIMIT = Duration.ofMinutes(15); // for four on an idle machine

  @BeforeAll
  static void check() {
    UserModeLinux.unavailable().ifPresent(Assumptions::abort);
  }

  @TestFactory
  Stream<DynamicTest> inside() {
    return OuterTests.run(LIMIT, BalancingInUml.class, ParityInUml.class);
  }
}
