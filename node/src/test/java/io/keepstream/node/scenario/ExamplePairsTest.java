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
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pairs of {@code examples/} do what they say, as they are. */
@KernelTest
@Execution(ExecutionMode.CONCURRENT)
class ExamplePairsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource({
    "vmac, 10.0.0.100",
    "unicast, 10.0.0.100",
    "groups, 10.0.0.100 10.1.0.100",
    "ipv6, fe80::100 2001:db8::100 10.0.0.106 10.0.0.100",
    "bfd, 10.0.0.100"
  })
  void theSecondNodeTakesOverFromTheFirst(String name, String addresses) throws IOException {
    List<String> vips = List.of(addresses.split(" "));
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge outside = lab.bridge("outside");
      LabBridge inside = lab.bridge("inside");
      Node first = node(lab.host("node1"), outside, inside, name);
      Node second = node(lab.host("node2"), outside, inside, name);
      first.start();
      second.start();
      Await.until(LIMIT, "node1 has all", () -> serves(first, vips) && hasNone(second, vips));
      first.stop();
      Await.until(LIMIT, "node2 has all", () -> serves(second, vips) && hasNone(first, vips));
    }
  }

  /** A tentative address is there, and nobody can use it. */
  private static boolean serves(Node node, List<String> vips) {
    return vips.stream().allMatch(node::has)
        && node.host().run("ip", "-6", "addr", "show", "tentative").orThrow("ip").text().isEmpty();
  }

  private static boolean hasNone(Node node, List<String> vips) {
    return vips.stream().noneMatch(node::has);
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
