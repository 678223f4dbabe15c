package io.keepstream.lvs.edge;

import io.keepstream.testkit.uml.OuterTests;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** What needs a kernel with IPVS. */
@Tag("kernel")
class InUmlTest {

  @TestFactory
  Stream<DynamicTest> inUserModeLinux() {
    return OuterTests.run(
        Duration.ofMinutes(10),
        TableInUml.class,
        VerticleInUml.class,
        TrafficInUml.class,
        KilledInUml.class,
        DrainInUml.class,
        SyncInUml.class);
  }
}
