package io.keepstream.node.scenario;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pairs of {@code examples/} do what they say, as they are. */
@KernelTest
@Execution(ExecutionMode.CONCURRENT)
class ExamplePairsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String VIP = "10.0.0.100";

  @ParameterizedTest
  @ValueSource(strings = {"vmac", "unicast", "groups", "ipv6", "bfd"})
  void theSecondNodeTakesOverFromTheFirst(String name) throws IOException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge outside = lab.bridge("outside");
      LabBridge inside = lab.bridge("inside");
      Node first = node(lab.host("node1"), outside, inside, name);
      Node second = node(lab.host("node2"), outside, inside, name);
      first.start();
      second.start();
      Await.until(LIMIT, "node1 has it", () -> first.has(VIP) && !second.has(VIP));
      first.stop();
      Await.until(LIMIT, "node2 has it", () -> second.has(VIP) && !first.has(VIP));
    }
  }

  private static Node node(LabHost host, LabBridge outside, LabBridge inside, String example)
      throws IOException {
    String number = host.name().substring(host.name().length() - 1);
    host.nic("eth0", outside, "10.0.0." + number + "/24")
        .nic("eth1", inside, "10.1.0." + number + "/24");
    Path file = Path.of("../examples", example, "node" + number + ".conf");
    return new Node(host, Speaker.KEEPSTREAM, Files.readString(file));
  }
}
